package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Audio;
import com.clarifai.grpc.api.AudioInfo;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.HostedURL;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.ImageInfo;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.Text;
import com.clarifai.grpc.api.Video;
import com.clarifai.grpc.api.VideoInfo;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;

class InputRowsTest {

    private static final String URL = "https://images.example/cat.jpg";

    @Property(tries = 200)
    void a_row_comes_back_as_it_was(
            @ForAll("ids") String id,
            @ForAll("concepts") List<Map<String, Object>> concepts,
            @ForAll("metadata") Map<String, Object> metadata)
            throws IOException {
        Map<String, Object> row = row(id);
        row.put(InputColumns.CONCEPTS, concepts);
        row.put(InputColumns.INPUT_METADATA, metadata);

        Map<String, Object> back = InputRows.toRow(InputRows.toInput(row), "me", "app");

        assertThat(back)
                .containsEntry(InputColumns.INPUT_ID, id)
                .containsEntry(InputColumns.IMAGE_URL, URL)
                .containsEntry(InputColumns.CONCEPTS, concepts);
        assertThat(new ObjectMapper().readValue((String) back.get(InputColumns.INPUT_METADATA), Map.class))
                .isEqualTo(metadata);
    }

    @Property(tries = 200)
    void metadata_as_text_gives_the_same_input_as_metadata_as_map(@ForAll("metadata") Map<String, Object> metadata)
            throws IOException {
        Map<String, Object> asMap = row("a");
        asMap.put(InputColumns.INPUT_METADATA, metadata);
        Map<String, Object> asText = row("a");
        asText.put(InputColumns.INPUT_METADATA, new ObjectMapper().writeValueAsString(metadata));

        assertThat(InputRows.toInput(asText)).isEqualTo(InputRows.toInput(asMap));
    }

    @Example
    void an_image_has_its_type_and_where_clarifai_hosts_the_original() {
        Map<String, Object> row = row(Data.newBuilder()
                .setImage(Image.newBuilder().setUrl(URL).setHosted(hosted("users/me/a.jpg")))
                .build());

        assertThat(row)
                .containsEntry(InputColumns.INPUT_TYPE, "image")
                .containsEntry(InputColumns.IMAGE_URL, URL)
                .containsEntry(InputColumns.HOSTED_URL, "https://data.clarifai.com/orig/users/me/a.jpg")
                .containsEntry(InputColumns.TEXT_RAW, null)
                .containsEntry(InputColumns.TEXT_URL, null)
                .containsEntry(InputColumns.VIDEO_URL, null)
                .containsEntry(InputColumns.VIDEO_INFO, null)
                .containsEntry(InputColumns.AUDIO_URL, null)
                .containsEntry(InputColumns.AUDIO_INFO, null);
    }

    @Example
    void other_media_have_columns_of_their_own() {
        assertThat(row(Data.newBuilder()
                        .setText(Text.newBuilder().setRaw("a cat").setUrl(URL))
                        .build()))
                .containsEntry(InputColumns.INPUT_TYPE, "text")
                .containsEntry(InputColumns.TEXT_RAW, "a cat")
                .containsEntry(InputColumns.TEXT_URL, URL)
                .containsEntry(InputColumns.IMAGE_URL, null)
                .doesNotContainKey(InputColumns.HOSTED_URL);
        assertThat(row(Data.newBuilder()
                        .setVideo(Video.newBuilder()
                                .setUrl(URL)
                                .setHosted(hosted("v"))
                                .setVideoInfo(
                                        VideoInfo.newBuilder().setWidth(640).setFps(29.97f)))
                        .build()))
                .containsEntry(InputColumns.INPUT_TYPE, "video")
                .containsEntry(InputColumns.VIDEO_URL, URL)
                .containsEntry(InputColumns.HOSTED_URL, "https://data.clarifai.com/orig/v")
                .containsEntry(
                        InputColumns.VIDEO_INFO,
                        "{\"width\":640,\"height\":0,\"fps\":29.97,\"video_format\":\"\",\"bit_rate\":0,"
                                + "\"frame_count\":0,\"duration_seconds\":0.0}");
        assertThat(row(Data.newBuilder()
                        .setAudio(Audio.newBuilder()
                                .setUrl(URL)
                                .setAudioInfo(AudioInfo.newBuilder().setSampleRate(44100)))
                        .build()))
                .containsEntry(InputColumns.INPUT_TYPE, "audio")
                .containsEntry(InputColumns.AUDIO_URL, URL)
                .containsEntry(
                        InputColumns.AUDIO_INFO,
                        "{\"audio_format\":\"\",\"sample_rate\":44100,\"duration_seconds\":0.0,\"bit_rate\":0}");
        assertThat(row(Data.getDefaultInstance())).containsEntry(InputColumns.INPUT_TYPE, null);
    }

    @Example
    void a_status_without_words_is_named_and_one_that_has_no_name_by_its_number() {
        assertThat(InputRows.message(Status.newBuilder()
                        .setCode(StatusCode.INPUT_INVALID_URL)
                        .build()))
                .isEqualTo("INPUT_INVALID_URL");
        assertThat(InputRows.message(Status.newBuilder().setCodeValue(24199).build()))
                .isEqualTo("code 24199");
    }

    @Example
    void an_original_that_is_not_among_the_hosted_sizes_has_no_address_there() {
        HostedURL thumbnails =
                hosted("a").toBuilder().addSizes("tiny").addSizes("large").build();
        HostedURL all = thumbnails.toBuilder().addSizes("orig").build();

        assertThat(row(Data.newBuilder()
                        .setImage(Image.newBuilder().setUrl(URL).setHosted(all))
                        .build()))
                .containsEntry(InputColumns.HOSTED_URL, "https://data.clarifai.com/orig/a")
                .doesNotContainKey(InputColumns.NOT_HOSTED);
        assertThat(row(Data.newBuilder()
                        .setImage(Image.newBuilder().setUrl(URL).setHosted(thumbnails))
                        .build()))
                .as("it may be fetched from where it was")
                .doesNotContainKeys(InputColumns.HOSTED_URL, InputColumns.NOT_HOSTED);
        assertThat(row(Data.newBuilder()
                        .setImage(Image.newBuilder()
                                .setUrl("https://data.clarifai.com/orig/a")
                                .setHosted(thumbnails))
                        .build()))
                .doesNotContainKey(InputColumns.HOSTED_URL)
                .containsEntry(
                        InputColumns.NOT_HOSTED, "Clarifai does not host the original, only the sizes tiny, large");
    }

    private static HostedURL hosted(String suffix) {
        return HostedURL.newBuilder()
                .setPrefix("https://data.clarifai.com")
                .setSuffix(suffix)
                .build();
    }

    private static Map<String, Object> row(Data data) {
        return InputRows.toRow(Input.newBuilder().setId("a").setData(data).build(), "me", "app");
    }

    @Property
    void places_come_back_as_the_same_float(
            @ForAll @FloatRange(min = -180, max = 180) float longitude,
            @ForAll @FloatRange(min = -90, max = 90) float latitude) {
        Map<String, Object> row = row("a");
        row.put(InputColumns.LONGITUDE, Double.valueOf(Float.toString(longitude)));
        row.put(InputColumns.LATITUDE, Float.toString(latitude));

        Map<String, Object> back = InputRows.toRow(InputRows.toInput(row), "me", "app");

        assertThat(back.get(InputColumns.LONGITUDE)).hasToString(Float.toString(longitude));
        assertThat(back.get(InputColumns.LATITUDE)).hasToString(Float.toString(latitude));
    }

    @Property
    void any_text_is_either_a_valid_id_or_refused(@ForAll String id) {
        Map<String, Object> row = row(id);
        if (InputRows.isValidId(id)) {
            assertThat(id).hasSizeBetween(1, 48).matches("[!-~]+").doesNotContain(".", "/");
            assertThat(InputRows.toInput(row).getId()).isEqualTo(id);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> InputRows.toInput(row));
        }
    }

    @Example
    void image_bytes_go_before_the_url() {
        Map<String, Object> row = row("a");
        row.put(InputColumns.IMAGE_BYTES, new byte[] {1, 2});

        Image image = InputRows.toInput(row).getData().getImage();

        assertThat(image.getBase64().toByteArray()).containsExactly(1, 2);
        assertThat(image.getUrl()).isEmpty();
    }

    @Example
    void a_concept_is_present_unless_its_value_says_otherwise() {
        Map<String, Object> negative = new HashMap<>(Map.of("id", "dog", "value", 0));
        Map<String, Object> row = row("a");
        row.put(InputColumns.CONCEPTS, List.of("cat", negative, Map.of("name", "bird")));

        assertThat(InputRows.toInput(row).getData().getConceptsList())
                .containsExactly(concept("cat", 1f), concept("dog", 0f), concept("bird", 1f));
    }

    @Example
    void the_dataset_of_a_row_goes_with_its_input() {
        Map<String, Object> row = row("a");
        row.put(InputColumns.DATASET_ID, "pets");

        assertThat(InputRows.toInput(row).getDatasetIdsList()).containsExactly("pets");
    }

    @Example
    void a_row_that_cannot_be_an_input_is_refused_with_the_reason() {
        assertRefused(InputColumns.IMAGE_URL, null, "The row has neither an image nor an image URL");
        assertRefused(InputColumns.IMAGE_BYTES, "text", "The image is not a byte array but java.lang.String");
        assertRefused(InputColumns.CONCEPTS, "cat", "The concepts are not a list: cat");
        assertRefused(InputColumns.CONCEPTS, List.of(Map.of("value", 1)), "A concept has neither id nor name");
        assertRefused(
                InputColumns.CONCEPTS,
                List.of(Map.of("id", "cat", "value", "much")),
                "The value of concept cat is not a number: much");
        assertRefused(InputColumns.INPUT_METADATA, "[1]", "The metadata is not a JSON object: ");
        assertRefused(InputColumns.INPUT_METADATA, "{} {}", "The metadata is not a JSON object: ");
        assertRefused(InputColumns.LONGITUDE, 12.5, "A place needs both longitude and latitude");
        assertRefused(InputColumns.LATITUDE, "north", "The latitude is not a number: north");
    }

    @Example
    void a_place_off_the_map_is_refused() {
        Map<String, Object> row = row("a");
        row.put(InputColumns.LONGITUDE, 181);
        row.put(InputColumns.LATITUDE, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> InputRows.toInput(row))
                .withMessage("No such place: longitude 181.0, latitude 0.0");
    }

    @Example
    void an_input_fills_the_columns_that_clarifai_knows() {
        ImageInfo info = ImageInfo.newBuilder()
                .setWidth(640)
                .setHeight(480)
                .setFormat("JPEG")
                .setColorMode("YUV")
                .build();
        Input.Builder input = Input.newBuilder()
                .setId("a")
                .setCreatedAt(Timestamp.newBuilder().setSeconds(1).setNanos(49_546_000))
                .setModifiedAt(Timestamp.newBuilder().setSeconds(2))
                .setStatus(status(StatusCode.INPUT_DOWNLOAD_SUCCESS, "Download complete", ""));
        input.getDataBuilder().getImageBuilder().setUrl(URL).setImageInfo(info);

        assertThat(InputRows.toRow(input.build(), "me", "app"))
                .containsEntry(
                        InputColumns.IMAGE_INFO,
                        "{\"width\":640,\"height\":480,\"format\":\"JPEG\",\"color_mode\":\"YUV\"}")
                .containsEntry(InputColumns.INPUT_CREATED_AT, Instant.parse("1970-01-01T00:00:01.049546Z"))
                .containsEntry(InputColumns.INPUT_MODIFIED_AT, Instant.parse("1970-01-01T00:00:02Z"))
                .containsEntry(InputColumns.USER_ID, "me")
                .containsEntry(InputColumns.APP_ID, "app")
                .containsEntry(InputColumns.STATUS, "PROCESSED")
                .containsEntry(InputColumns.STATUS_CODE, 30000)
                .containsEntry(InputColumns.STATUS_MESSAGE, null)
                .containsEntry(InputColumns.INPUT_METADATA, null)
                .containsEntry(InputColumns.LONGITUDE, null);
    }

    @Example
    void a_status_tells_processed_pending_and_rejected_apart() {
        assertThat(statusColumns(StatusCode.INPUT_DOWNLOAD_PENDING)).containsExactly("PENDING", 30001, null);
        assertThat(statusColumns(StatusCode.INPUT_DOWNLOAD_IN_PROGRESS)).containsExactly("PENDING", 30003, null);
        assertThat(statusColumns(StatusCode.INPUT_DOWNLOAD_FAILED))
                .containsExactly("REJECTED", 30002, "Failed: HTTP 404");
    }

    @Example
    void whole_numbers_in_metadata_have_no_fraction() {
        Map<String, Object> row = row("a");
        row.put(InputColumns.INPUT_METADATA, Map.of("n", 5));

        assertThat(InputRows.toRow(InputRows.toInput(row), "me", "app"))
                .containsEntry(InputColumns.INPUT_METADATA, "{\"n\":5}");
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('-', '_')
                .ofMinLength(1)
                .ofMaxLength(48);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> concepts() {
        Arbitrary<String> labels =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(10).filter(s -> !s.isBlank());
        return Combinators.combine(labels, labels, Arbitraries.floats().between(0, 1))
                .as((id, name, value) -> {
                    Map<String, Object> concept = new LinkedHashMap<>();
                    concept.put("id", id);
                    concept.put("name", name);
                    concept.put("value", value);
                    return concept;
                })
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Map<String, Object>> metadata() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(10).map(Object.class::cast),
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.of(0.5, -1.25, 1e300).map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.just((Object) null));
        Arbitrary<Object> values = Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars.list().ofMaxSize(3).map(list -> (Object) new ArrayList<>(list)),
                () -> Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), scalars)
                        .ofMaxSize(3)
                        .map(map -> (Object) map));
        return Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), values).ofMaxSize(4);
    }

    private static Map<String, Object> row(String id) {
        Map<String, Object> row = new HashMap<>();
        row.put(InputColumns.INPUT_ID, id);
        row.put(InputColumns.IMAGE_URL, URL);
        return row;
    }

    private static void assertRefused(String column, Object value, String reason) {
        Map<String, Object> row = row("a");
        row.put(column, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InputRows.toInput(row))
                .withMessageStartingWith(reason);
    }

    private static List<Object> statusColumns(StatusCode code) {
        Map<String, Object> row = new HashMap<>();
        InputRows.putStatus(row, status(code, "Failed", "HTTP 404"));
        return Arrays.asList(
                row.get(InputColumns.STATUS), row.get(InputColumns.STATUS_CODE), row.get(InputColumns.STATUS_MESSAGE));
    }

    private static Status status(StatusCode code, String description, String details) {
        return Status.newBuilder()
                .setCode(code)
                .setDescription(description)
                .setDetails(details)
                .build();
    }

    private static Concept concept(String id, float value) {
        return Concept.newBuilder().setId(id).setName(id).setValue(value).build();
    }
}
