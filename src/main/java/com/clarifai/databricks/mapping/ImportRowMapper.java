package com.clarifai.databricks.mapping;

import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputIds;
import com.clarifai.databricks.model.Rejection;
import com.clarifai.grpc.api.Data;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Rows of an import file or table as rows of the inputs table.
 *
 * <p>A bad row never fails: it becomes a row that says why it was rejected. A row without an id gets one made from its
 * URL, always the same, so that importing it again makes no second input.
 */
public final class ImportRowMapper {

    /**
     * Not a column: a rejected row as it was read, as JSON text; values longer than 10,000 characters are cut, and user
     * names and passwords in URLs are left out.
     */
    public static final String RAW = "raw";

    private static final int MAX_RAW_VALUE = 10_000;

    /** As pandas writes a column of integers some of which are missing; no id can have a dot. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d+\\.0");

    private final ImportColumns columns;
    private final ImportConcepts concepts;
    private final BiConsumer<String, String> changes;

    /** @param changes takes what was changed on the way, in words, and the source URI of the row */
    public ImportRowMapper(ImportColumns columns, ConceptIds conceptIds, BiConsumer<String, String> changes) {
        this.columns = columns;
        this.changes = changes;
        this.concepts = new ImportConcepts(conceptIds);
    }

    /**
     * @param raw keyed by the column names of the file or table; values as text or as JDBC gives them
     * @param sourceUri what identifies the row: object and line, or table and key
     * @return keyed by {@link InputColumns} and {@link InputColumns#ANNOTATIONS}, to be uploaded; or {@link #reject rejected}
     */
    public Map<String, Object> map(Map<String, ?> raw, String sourceUri) {
        try {
            return row(raw, sourceUri);
        } catch (RefusedValueException e) {
            return reject(raw, sourceUri, e.getMessage());
        }
    }

    /**
     * The row of the inputs table for a row that cannot become an input. It keeps its id when that is a valid one, and
     * gets one made from the source URI otherwise.
     */
    public Map<String, Object> reject(Map<String, ?> raw, String sourceUri, String reason) {
        return rejected(SqlValues.text(columns.value(ImportColumn.INPUTID, raw)), sourceUri, reason, raw);
    }

    /** The same for a source, or a part of it, that no row could be read from. */
    public static Map<String, Object> rejectSource(String sourceUri, String reason) {
        return rejected(null, sourceUri, reason, Map.of());
    }

    private static Map<String, Object> rejected(String id, String sourceUri, String reason, Map<String, ?> raw) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(InputColumns.INPUT_ID, InputRows.isValidId(id) ? id : InputIds.uniqueId("row", sourceUri));
        row.put(InputColumns.SOURCE_URI, ImageUrl.withoutCredentials(sourceUri));
        Rejection.mark(row, wellFormed(reason));
        row.put(RAW, json(raw));
        return row;
    }

    private Map<String, Object> row(Map<String, ?> raw, String sourceUri) {
        ImageUrl url = read(raw, ImportColumn.INPUT, ImageUrl::parse);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(InputColumns.INPUT_ID, read(raw, ImportColumn.INPUTID, id -> id(id, url.given())));
        row.put(InputColumns.IMAGE_URL, url.sent());
        row.put(InputColumns.CONCEPTS, read(raw, ImportColumn.CONCEPTS, concepts::parse));
        String metadata = read(raw, ImportColumn.METADATA, ImportMetadata::parse);
        row.put(InputColumns.INPUT_METADATA, metadata);
        if (Structs.hasInexactNumber(metadata)) {
            changes.accept(
                    "numbers in the metadata have more digits than Clarifai's numbers keep, and are sent as text",
                    sourceUri);
        }
        ImportPlace place = read(raw, ImportColumn.GEOPOINTS, ImportPlace::parse);
        row.put(InputColumns.LONGITUDE, place == null ? null : place.longitude());
        row.put(InputColumns.LATITUDE, place == null ? null : place.latitude());
        row.put(
                InputColumns.ANNOTATIONS,
                read(raw, ImportColumn.ANNOTATIONS, value -> annotations(value, () -> size(raw, metadata))));
        row.put(InputColumns.SOURCE_URI, ImageUrl.withoutCredentials(sourceUri));
        row.put(InputColumns.STATUS, null);
        row.put(RAW, json(raw));
        return row;
    }

    private <T> T read(Map<String, ?> raw, ImportColumn column, Function<Object, T> parser) {
        try {
            T value = parser.apply(columns.value(column, raw));
            if (!isWellFormed(value)) {
                throw new RefusedValueException("half of a surrogate pair, which is not a character");
            }
            return value;
        } catch (RefusedValueException e) {
            throw new RefusedValueException("column " + columns.name(column).strip() + ": " + e.getMessage());
        }
    }

    private static String id(Object value, String url) {
        String id = SqlValues.text(value);
        if (id == null) {
            return InputIds.uniqueId(fileName(url), url);
        }
        if (WHOLE_NUMBER.matcher(id).matches()) {
            id = id.substring(0, id.indexOf('.'));
        }
        if (!InputRows.isValidId(id)) {
            throw new RefusedValueException(
                    id.length() > InputRows.MAX_ID_LENGTH
                            ? "an id of " + id.length() + " characters; Clarifai takes up to " + InputRows.MAX_ID_LENGTH
                            : "an id with characters that Clarifai refuses (spaces, dots, slashes, beyond ASCII)",
                    id);
        }
        return id;
    }

    private static String fileName(String url) {
        String path = url.split("[?#]", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What the columns for it say, or else the metadata. */
    private Optional<PictureSize> size(Map<String, ?> raw, String metadata) {
        Optional<PictureSize> given =
                PictureSize.of(columns.value(ImportColumn.WIDTH, raw), columns.value(ImportColumn.HEIGHT, raw));
        if (given.isPresent() || metadata == null) {
            return given;
        }
        Struct fields = Structs.parse(metadata);
        return PictureSize.of(number(fields, "width"), number(fields, "height"));
    }

    private static Double number(Struct fields, String name) {
        Value value = fields.getFieldsOrDefault(name, Value.getDefaultInstance());
        return value.hasNumberValue() ? value.getNumberValue() : null;
    }

    private static List<Map<String, Object>> annotations(Object value, Supplier<Optional<PictureSize>> size) {
        Object plain = SqlValues.plain(value);
        if (plain == null || plain instanceof String text && text.isBlank()) {
            return List.of();
        }
        try {
            List<Map<String, Object>> annotations = new ArrayList<>();
            for (Data data : AnnotationRules.apply(AnnotationData.parse(plain), size)) {
                annotations.add(AnnotationData.map(data));
            }
            return annotations;
        } catch (IllegalArgumentException e) {
            throw new RefusedValueException(e.getMessage(), plain);
        }
    }

    private static String json(Map<String, ?> raw) {
        Map<String, Object> values = new LinkedHashMap<>();
        raw.forEach((name, value) -> values.put(name.strip(), rawValue(SqlValues.plain(value))));
        return JsonText.of(values);
    }

    private static Object rawValue(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((name, item) -> object.put(wellFormed(String.valueOf(name)), rawValue(item)));
            return object;
        }
        if (value instanceof List<?> list) {
            List<Object> array = new ArrayList<>(list.size());
            list.forEach(item -> array.add(rawValue(item)));
            return array;
        }
        String text = value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
        String start = text.length() > MAX_RAW_VALUE ? text.substring(0, MAX_RAW_VALUE) + "…" : text;
        return wellFormed(ImageUrl.withoutCredentials(start));
    }

    private static boolean isWellFormed(Object value) {
        if (value instanceof String text) {
            return text.equals(wellFormed(text));
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(ImportRowMapper::isWellFormed)
                    && map.values().stream().allMatch(ImportRowMapper::isWellFormed);
        }
        return !(value instanceof Collection<?> items) || items.stream().allMatch(ImportRowMapper::isWellFormed);
    }

    /** The text with a question mark for each half of a surrogate pair, which cannot be written as UTF-8. */
    private static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                repaired = repaired == null ? new StringBuilder(text) : repaired;
                repaired.setCharAt(i, '?');
            }
        }
        return repaired == null ? text : repaired.toString();
    }
}
