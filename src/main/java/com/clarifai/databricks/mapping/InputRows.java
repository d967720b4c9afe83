package com.clarifai.databricks.mapping;

import static com.clarifai.databricks.model.InputColumns.ADDED_AT;
import static com.clarifai.databricks.model.InputColumns.APP_ID;
import static com.clarifai.databricks.model.InputColumns.AUDIO_INFO;
import static com.clarifai.databricks.model.InputColumns.AUDIO_URL;
import static com.clarifai.databricks.model.InputColumns.CONCEPTS;
import static com.clarifai.databricks.model.InputColumns.DATASET_ID;
import static com.clarifai.databricks.model.InputColumns.HOSTED_URL;
import static com.clarifai.databricks.model.InputColumns.IMAGE_BYTES;
import static com.clarifai.databricks.model.InputColumns.IMAGE_INFO;
import static com.clarifai.databricks.model.InputColumns.IMAGE_URL;
import static com.clarifai.databricks.model.InputColumns.INPUT_CREATED_AT;
import static com.clarifai.databricks.model.InputColumns.INPUT_ID;
import static com.clarifai.databricks.model.InputColumns.INPUT_METADATA;
import static com.clarifai.databricks.model.InputColumns.INPUT_MODIFIED_AT;
import static com.clarifai.databricks.model.InputColumns.INPUT_TYPE;
import static com.clarifai.databricks.model.InputColumns.LATITUDE;
import static com.clarifai.databricks.model.InputColumns.LONGITUDE;
import static com.clarifai.databricks.model.InputColumns.NOT_HOSTED;
import static com.clarifai.databricks.model.InputColumns.SIGNED_URL;
import static com.clarifai.databricks.model.InputColumns.STATUS;
import static com.clarifai.databricks.model.InputColumns.STATUS_CODE;
import static com.clarifai.databricks.model.InputColumns.STATUS_MESSAGE;
import static com.clarifai.databricks.model.InputColumns.TEXT_RAW;
import static com.clarifai.databricks.model.InputColumns.TEXT_URL;
import static com.clarifai.databricks.model.InputColumns.USER_ID;
import static com.clarifai.databricks.model.InputColumns.VIDEO_INFO;
import static com.clarifai.databricks.model.InputColumns.VIDEO_URL;

import com.clarifai.databricks.io.PooledBytes;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.grpc.api.Audio;
import com.clarifai.grpc.api.AudioInfo;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.Geo;
import com.clarifai.grpc.api.GeoPoint;
import com.clarifai.grpc.api.HostedURL;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.ImageInfo;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.Video;
import com.clarifai.grpc.api.VideoInfo;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rows of the inputs table as Clarifai inputs, and back.
 *
 * <p>In a row, concepts are a list of maps with {@code id}, {@code name} and {@code value} (Float), or the same as
 * JSON text; metadata is JSON text; times are {@link Instant}. Clarifai's geo points and concept values are float32.
 */
public final class InputRows {

    static final int MAX_ID_LENGTH = 48;

    /** Clarifai takes 1 to 48 characters and refuses spaces, dots and anything beyond ASCII. */
    private static final Pattern VALID_ID = Pattern.compile("[\\x21-\\x7E&&[^./]]{1," + MAX_ID_LENGTH + "}");

    private static final float PRESENT = 1f;

    private static final String ORIGINAL = "orig";

    private InputRows() {}

    /** @throws IllegalArgumentException when the row cannot be an input; the message says why */
    public static Input toInput(Map<String, Object> row) {
        Input.Builder input = Input.newBuilder().setId(id(row)).setData(data(row));
        if (row.get(DATASET_ID) instanceof String dataset && !dataset.isBlank()) {
            input.addDatasetIds(dataset);
        }
        return input.build();
    }

    /**
     * What can be changed of an input once it exists: its concepts, metadata and geo, as far as the row has them.
     *
     * @throws IllegalArgumentException when a column cannot be read; the message says why
     */
    public static Data changeable(Map<String, Object> row) {
        Data.Builder data = Data.newBuilder();
        concepts(row.get(CONCEPTS)).forEach(concept -> data.addConcepts(concept(concept)));
        Object metadata = row.get(INPUT_METADATA);
        if (metadata != null && !metadata.toString().isBlank()) {
            data.setMetadata(Structs.parse(metadata));
        }
        Float longitude = number(LONGITUDE, row.get(LONGITUDE));
        Float latitude = number(LATITUDE, row.get(LATITUDE));
        if (longitude != null || latitude != null) {
            data.setGeo(geo(longitude, latitude));
        }
        return data.build();
    }

    /** The same of an input. */
    public static Data changeable(Data data) {
        Data.Builder changeable = Data.newBuilder().addAllConcepts(data.getConceptsList());
        if (data.hasMetadata()) {
            changeable.setMetadata(data.getMetadata());
        }
        if (data.hasGeo()) {
            changeable.setGeo(data.getGeo());
        }
        return changeable.build();
    }

    /**
     * The metadata of what {@link #changeable(Data)} gave, as JSON; null when there is none.
     *
     * @throws IllegalStateException when it gave something else
     */
    public static String metadata(byte[] changeable) {
        try {
            Data data = Data.parseFrom(changeable);
            return data.hasMetadata() ? Structs.print(data.getMetadata()) : null;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not what was found of an input", e);
        }
    }

    /** Sets the columns of what can be changed of an input. */
    public static void putChangeable(Map<String, Object> row, Data data) {
        row.put(INPUT_METADATA, data.hasMetadata() ? Structs.print(data.getMetadata()) : null);
        row.put(CONCEPTS, concepts(data));
        boolean located = data.getGeo().hasGeoPoint();
        GeoPoint point = data.getGeo().getGeoPoint();
        row.put(LONGITUDE, located ? decimal(point.getLongitude()) : null);
        row.put(LATITUDE, located ? decimal(point.getLatitude()) : null);
    }

    public static boolean isValidId(Object id) {
        return id instanceof String text && VALID_ID.matcher(text).matches();
    }

    /** All columns that Clarifai knows of, for an input of that app, and {@code hosted_url} if Clarifai hosts it. */
    public static Map<String, Object> toRow(Input input, String userId, String appId) {
        Map<String, Object> row = new LinkedHashMap<>();
        Data data = input.getData();
        row.put(INPUT_ID, input.getId());
        putMedium(row, data);
        row.put(INPUT_CREATED_AT, input.hasCreatedAt() ? ClarifaiTime.of(input.getCreatedAt()) : null);
        row.put(INPUT_MODIFIED_AT, input.hasModifiedAt() ? ClarifaiTime.of(input.getModifiedAt()) : null);
        putChangeable(row, data);
        row.put(USER_ID, userId);
        row.put(APP_ID, appId);
        putStatus(row, input.getStatus());
        return row;
    }

    /** The same of a member of a dataset, and {@code added_at}. */
    public static Map<String, Object> toRow(DatasetInput member, String userId, String appId) {
        Map<String, Object> row = toRow(member.getInput(), userId, appId);
        if (member.hasCreatedAt()) {
            row.put(ADDED_AT, ClarifaiTime.of(member.getCreatedAt()));
        }
        return row;
    }

    private static void putMedium(Map<String, Object> row, Data data) {
        row.put(INPUT_TYPE, type(data));
        // Clarifai keeps the address that it was given as it was
        row.put(IMAGE_URL, text(SignedUrls.hidden(data.getImage().getUrl())));
        row.put(IMAGE_INFO, imageInfo(data.getImage()));
        row.put(TEXT_RAW, text(data.getText().getRaw()));
        row.put(TEXT_URL, text(data.getText().getUrl()));
        row.put(VIDEO_URL, text(data.getVideo().getUrl()));
        row.put(VIDEO_INFO, videoInfo(data.getVideo()));
        row.put(AUDIO_URL, text(data.getAudio().getUrl()));
        row.put(AUDIO_INFO, audioInfo(data.getAudio()));
        Stream.of(
                        data.getImage().getHosted(),
                        data.getVideo().getHosted(),
                        data.getAudio().getHosted(),
                        data.getText().getHosted())
                .filter(url -> !url.getPrefix().isEmpty())
                .findFirst()
                .ifPresent(hosted -> putHosted(row, hosted));
    }

    private static void putHosted(Map<String, Object> row, HostedURL hosted) {
        boolean elsewhere = row.get(IMAGE_URL) instanceof String url && !url.startsWith(hosted.getPrefix());
        if (hosted.getSizesCount() == 0 || hosted.getSizesList().contains(ORIGINAL)) {
            row.put(HOSTED_URL, original(hosted));
        } else if (!elsewhere) {
            row.put(
                    NOT_HOSTED,
                    "Clarifai does not host the original, only the sizes " + String.join(", ", hosted.getSizesList()));
        }
    }

    private static String type(Data data) {
        if (data.hasImage()) {
            return "image";
        }
        if (data.hasVideo()) {
            return "video";
        }
        if (data.hasAudio()) {
            return "audio";
        }
        return data.hasText() ? "text" : null;
    }

    /** Of the sizes that Clarifai hosts, {@code orig} is the file that was posted. */
    static String original(HostedURL hosted) {
        return hosted.getPrefix() + "/" + ORIGINAL + "/" + hosted.getSuffix();
    }

    private static String text(String value) {
        return value.isEmpty() ? null : value;
    }

    /** Sets the three status columns from the status of an input. */
    public static void putStatus(Map<String, Object> row, Status status) {
        InputStatus state = status(status);
        row.put(STATUS, state.name());
        row.put(STATUS_CODE, status.getCodeValue());
        row.put(
                STATUS_MESSAGE,
                switch (state) {
                    case PENDING, PROCESSED -> null;
                    case REJECTED -> message(status);
                    case UNKNOWN ->
                        "Clarifai gives the input a state that this program does not know, so it is left as it is: "
                                + status.getCodeValue() + " " + message(status);
                });
    }

    public static InputStatus status(Status status) {
        return InputStatus.ofCode(status.getCodeValue());
    }

    /** What a status says, in words. */
    public static String message(Status status) {
        String description = status.getDescription().isBlank() ? name(status) : status.getDescription();
        return SignedUrls.hidden(
                status.getDetails().isBlank() ? description : description + ": " + status.getDetails());
    }

    private static String name(Status status) {
        return status.getCode() == StatusCode.UNRECOGNIZED
                ? "code " + status.getCodeValue()
                : status.getCode().name();
    }

    private static String id(Map<String, Object> row) {
        Object id = row.get(INPUT_ID);
        if (!isValidId(id)) {
            throw new IllegalArgumentException("An input id has 1 to 48 ASCII characters without spaces, dots and"
                    + " slashes, which \"" + id + "\" has not");
        }
        return (String) id;
    }

    private static Data data(Map<String, Object> row) {
        return Data.newBuilder().setImage(image(row)).mergeFrom(changeable(row)).build();
    }

    private static Image image(Map<String, Object> row) {
        Object bytes = row.get(IMAGE_BYTES);
        if (bytes instanceof byte[] array) {
            // not copied: nobody writes to an image once it is in a row
            return Image.newBuilder()
                    .setBase64(UnsafeByteOperations.unsafeWrap(array))
                    .build();
        }
        if (bytes instanceof PooledBytes pooled) {
            return Image.newBuilder().setBase64(wrapped(pooled)).build();
        }
        if (bytes instanceof ByteString string) {
            return Image.newBuilder().setBase64(string).build();
        }
        if (bytes != null) {
            throw new IllegalArgumentException(
                    "The image is not a byte array but " + bytes.getClass().getName());
        }
        if (row.get(SIGNED_URL) instanceof String url) {
            return Image.newBuilder().setUrl(url).build();
        }
        if (row.get(IMAGE_URL) instanceof String url && !url.isBlank()) {
            return Image.newBuilder().setUrl(url).build();
        }
        throw new IllegalArgumentException("The row has neither an image nor an image URL");
    }

    /** Not copied: they are given back when the message has been sent. */
    private static ByteString wrapped(PooledBytes pooled) {
        List<ByteString> pieces = new ArrayList<>();
        pooled.forEachPiece((piece, length) -> pieces.add(UnsafeByteOperations.unsafeWrap(piece, 0, length)));
        return ByteString.copyFrom(pieces);
    }

    /** A list, or the JSON array that a query gives for one. */
    private static Collection<?> concepts(Object concepts) {
        if (concepts == null) {
            return List.of();
        }
        if (concepts instanceof Collection<?> list) {
            return list;
        }
        try {
            return Structs.parseArray(concepts.toString());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The concepts are not a list: " + concepts, e);
        }
    }

    private static Concept concept(Object concept) {
        if (concept instanceof Map<?, ?> map) {
            Object id = map.get("id") == null ? map.get("name") : map.get("id");
            Object name = map.get("name") == null ? id : map.get("name");
            Float value = number("value of concept " + id, map.get("value"));
            return concept(id, name, value == null ? PRESENT : value);
        }
        return concept(concept, concept, PRESENT);
    }

    /** The value is always set: absent means 0, that is "not this concept". */
    private static Concept concept(Object id, Object name, float value) {
        if (id == null || id.toString().isBlank()) {
            throw new IllegalArgumentException("A concept has neither id nor name");
        }
        return Concept.newBuilder()
                .setId(id.toString())
                .setName(name.toString())
                .setValue(value)
                .build();
    }

    /** The concepts of the data itself, as a row has them. */
    static List<Map<String, Object>> concepts(Data data) {
        return data.getConceptsList().stream().map(InputRows::concept).toList();
    }

    private static Map<String, Object> concept(Concept concept) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", concept.getId());
        map.put("name", concept.getName());
        map.put("value", concept.getValue());
        return map;
    }

    private static Geo geo(Float longitude, Float latitude) {
        if (longitude == null || latitude == null) {
            throw new IllegalArgumentException("A place needs both longitude and latitude");
        }
        if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
            throw new IllegalArgumentException("No such place: longitude " + longitude + ", latitude " + latitude);
        }
        return Geo.newBuilder()
                .setGeoPoint(GeoPoint.newBuilder().setLongitude(longitude).setLatitude(latitude))
                .build();
    }

    private static Float number(String name, Object value) {
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        try {
            float number = value instanceof Number given ? given.floatValue() : Float.parseFloat(value.toString());
            if (Float.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The " + name + " is not a number: " + value, e);
        }
        throw new IllegalArgumentException("The " + name + " is not a number: " + value);
    }

    /** The shortest decimal that is this float: 0.1f as 0.1, not as 0.10000000149. */
    private static Double decimal(float number) {
        return Double.valueOf(Float.toString(number));
    }

    private static String imageInfo(Image image) {
        if (!image.hasImageInfo()) {
            return null;
        }
        ImageInfo info = image.getImageInfo();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("width", info.getWidth());
        json.put("height", info.getHeight());
        json.put("format", info.getFormat());
        json.put("color_mode", info.getColorMode());
        return JsonText.of(json);
    }

    private static String videoInfo(Video video) {
        if (!video.hasVideoInfo()) {
            return null;
        }
        VideoInfo info = video.getVideoInfo();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("width", info.getWidth());
        json.put("height", info.getHeight());
        json.put("fps", info.getFps());
        json.put("video_format", info.getVideoFormat());
        json.put("bit_rate", info.getBitRate());
        json.put("frame_count", info.getFrameCount());
        json.put("duration_seconds", info.getDurationSeconds());
        return JsonText.of(json);
    }

    private static String audioInfo(Audio audio) {
        if (!audio.hasAudioInfo()) {
            return null;
        }
        AudioInfo info = audio.getAudioInfo();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("audio_format", info.getAudioFormat());
        json.put("sample_rate", info.getSampleRate());
        json.put("duration_seconds", info.getDurationSeconds());
        json.put("bit_rate", info.getBitRate());
        return JsonText.of(json);
    }
}
