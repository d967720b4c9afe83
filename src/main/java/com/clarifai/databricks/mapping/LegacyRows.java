package com.clarifai.databricks.mapping;

import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.ImageInfo;
import com.clarifai.grpc.api.Input;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Rows of the tables of the old Databricks-Connect module, all of whose columns are text, as rows of today's tables:
 * protobuf's text format and Python literals become JSON.
 *
 * <p>A value that cannot be read is left as it is where the column is text. Times that the old module wrote without a year
 * are lost: such a column becomes null.
 */
public final class LegacyRows {

    /** Those of today's columns that a row may have already, in a form that needs no change. */
    private static final Set<String> OWNER = Set.of(AnnotationColumns.APP_ID, AnnotationColumns.DATASET_ID);

    /** The same of an input. */
    private static final Set<String> KEPT = Set.of(
            InputColumns.USER_ID,
            InputColumns.APP_ID,
            InputColumns.DATASET_ID,
            InputColumns.STATUS,
            InputColumns.STATUS_MESSAGE,
            InputColumns.IMAGE_PATH);

    /** What becomes of the other columns of an input. */
    private static final Map<String, UnaryOperator<Object>> OF_AN_INPUT = Map.of(
            InputColumns.INPUT_ID, UnaryOperator.identity(),
            InputColumns.IMAGE_URL, UnaryOperator.identity(),
            InputColumns.IMAGE_INFO, LegacyRows::imageInfo,
            InputColumns.INPUT_METADATA, LegacyRows::metadata,
            InputColumns.INPUT_CREATED_AT, LegacyRows::time,
            InputColumns.INPUT_MODIFIED_AT, LegacyRows::time);

    /** The same for an annotation, except for {@code annotation}, which becomes several columns. */
    private static final Map<String, UnaryOperator<Object>> OF_AN_ANNOTATION = Map.of(
            AnnotationColumns.ANNOTATION_ID, UnaryOperator.identity(),
            AnnotationColumns.INPUT_ID, UnaryOperator.identity(),
            AnnotationColumns.ANNOTATION_USER_ID, UnaryOperator.identity(),
            AnnotationColumns.ANNOTATION_CREATED_AT, LegacyRows::time,
            AnnotationColumns.ANNOTATION_MODIFIED_AT, LegacyRows::time);

    private LegacyRows() {}

    /** Whether {@link #input} takes something from that column; its name in lower case. */
    public static boolean isOfInput(String column) {
        return OF_AN_INPUT.containsKey(column) || KEPT.contains(column);
    }

    /** Whether {@link #annotation} takes something from that column; its name in lower case. */
    public static boolean isOfAnnotation(String column) {
        return OF_AN_ANNOTATION.containsKey(column)
                || column.equals(AnnotationColumns.ANNOTATION)
                || OWNER.contains(column);
    }

    /** @param row column name to value; names in any case */
    public static Map<String, Object> input(Map<String, Object> row) {
        Map<String, Object> columns = lowerCase(row);
        Map<String, Object> input = kept(columns, KEPT);
        OF_AN_INPUT.forEach((name, reading) -> input.put(name, reading.apply(columns.get(name))));
        return input;
    }

    /** @param row column name to value; names in any case */
    public static Map<String, Object> annotation(Map<String, Object> row) {
        Map<String, Object> columns = lowerCase(row);
        String text = text(columns.get(AnnotationColumns.ANNOTATION));
        Map<String, Object> annotation = new HashMap<>();
        Data.Builder data = Data.newBuilder();
        if (text != null && merge(text, data)) {
            annotation.putAll(
                    AnnotationRows.toRow(Annotation.newBuilder().setData(data).build(), null, null, null));
            annotation.remove(AnnotationColumns.STATUS_CODE);
            annotation.remove(AnnotationColumns.INPUT_LEVEL);
        } else {
            annotation.put(AnnotationColumns.ANNOTATION, text);
        }
        annotation.putAll(kept(columns, OWNER));
        OF_AN_ANNOTATION.forEach((name, reading) -> annotation.put(name, reading.apply(columns.get(name))));
        return annotation;
    }

    private static Map<String, Object> kept(Map<String, Object> columns, Set<String> names) {
        Map<String, Object> kept = new LinkedHashMap<>(columns);
        kept.keySet().retainAll(names);
        return kept;
    }

    private static Map<String, Object> lowerCase(Map<String, Object> row) {
        Map<String, Object> columns = new HashMap<>();
        row.forEach((name, value) -> columns.put(name.toLowerCase(Locale.ROOT), value));
        return columns;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static String imageInfo(Object value) {
        String text = text(value);
        ImageInfo.Builder info = ImageInfo.newBuilder();
        if (text == null || text.isBlank() || !merge(text, info)) {
            return text;
        }
        Input input = Input.newBuilder()
                .setData(Data.newBuilder().setImage(Image.newBuilder().setImageInfo(info)))
                .build();
        return (String) InputRows.toRow(input, null, null).get(InputColumns.IMAGE_INFO);
    }

    private static String metadata(Object value) {
        String text = text(value);
        try {
            return text == null ? null : ImportMetadata.parse(text);
        } catch (RefusedValueException e) {
            return text;
        }
    }

    /** ISO 8601, or the seconds since 1970 that the old module fell back to. */
    private static Instant time(Object value) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        try {
            return text.matches("\\d{9,11}(\\.\\d+)?")
                    ? Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000))
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean merge(String text, Message.Builder message) {
        try {
            TextFormat.merge(text, message);
            return true;
        } catch (TextFormat.ParseException e) {
            return false;
        }
    }
}
