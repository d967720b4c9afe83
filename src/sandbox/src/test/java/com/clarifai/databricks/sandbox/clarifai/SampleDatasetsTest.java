package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.sandbox.clarifai.DatasetControl.Churning;
import com.clarifai.databricks.sandbox.clarifai.DatasetControl.Filling;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.google.protobuf.util.Timestamps;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SampleDatasetsTest extends ClarifaiTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PAGE = 100;
    private static final URI IMAGES = URI.create("http://images.example");
    private static final Filling FILLING = new Filling("demo", "big", 1000, 3000, 1, 0);

    private Map<String, Map<String, Integer>> fill(Filling filling) throws IOException {
        return server.datasets(IMAGES).fill(filling);
    }

    @Test
    void asManyInputsAndAnnotationsAreThereAsOrderedAndOfEveryKind() throws IOException {
        Map<String, Map<String, Integer>> counts = fill(FILLING);

        List<DatasetInput> members = members("big");
        List<Annotation> annotations = annotations();
        assertThat(members).hasSize(1000);
        assertThat(annotations).hasSize(4000);
        assertThat(annotations.stream().filter(Annotation::getInputLevel)).hasSize(1000);
        assertThat(counts.get("inputs")).containsOnlyKeys(names(SampleInputs.Kind.values()));
        assertThat(counts.get("inputs").values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(1000);
        assertThat(counts.get("annotations"))
                .containsKeys(names(SampleAnnotations.Kind.values()))
                .containsEntry("input_level", 1000);
        assertThat(counts.get("annotations"))
                .isEqualTo(annotations.stream()
                        .collect(Collectors.groupingBy(
                                annotation -> annotation.getInputLevel()
                                        ? "input_level"
                                        : SampleAnnotations.kind(annotation)
                                                .name()
                                                .toLowerCase(Locale.ROOT),
                                Collectors.summingInt(annotation -> 1))));
        assertThat(counts.get("input_statuses")).containsOnlyKeys("30000", "30001", "30002");
        assertThat(counts.get("annotation_statuses")).containsKeys("24150", "24151", "24152", "24155", "24157");
        assertThat(counts.get("workers")).containsOnlyKeys("user", "model", "workflow");
    }

    @Test
    void listsAreNewestFirst() throws IOException {
        fill(FILLING);

        assertThat(members("big"))
                .extracting(DatasetInput::getCreatedAt)
                .isSortedAccordingTo(Timestamps.comparator().reversed());
        assertThat(annotations())
                .extracting(Annotation::getCreatedAt)
                .isSortedAccordingTo(Timestamps.comparator().reversed());
    }

    @Test
    void zerosAreAmongTheCoordinatesAndTheValues() throws IOException {
        fill(FILLING);

        assertThat(annotations())
                .anyMatch(annotation -> annotation.getData().getRegionsList().stream()
                        .anyMatch(region -> region.getRegionInfo().hasBoundingBox()
                                && region.getRegionInfo().getBoundingBox().getTopRow() == 0))
                .anyMatch(annotation ->
                        annotation.getData().getConceptsList().stream().anyMatch(concept -> concept.getValue() == 0));
        assertThat(members("big")).anyMatch(member -> {
            var geo = member.getInput().getData().getGeo();
            return geo.hasGeoPoint() && geo.getGeoPoint().getLongitude() == 0;
        });
    }

    @Test
    void equalOrdersGiveEqualDatasetsAndOtherSeedsOthers() throws IOException {
        fill(new Filling("one", "data", 200, 500, 5, 0));
        fill(new Filling("two", "data", 200, 500, 5, 0));
        fill(new Filling("three", "data", 200, 500, 6, 0));

        assertThat(contents("one")).isEqualTo(contents("two")).isNotEqualTo(contents("three"));
    }

    /** Addresses and concepts name the app. */
    private List<String> contents(String app) {
        return annotations(app).stream()
                .map(annotation -> annotation.toString().replaceAll("(apps/|app_id: \")" + app, "$1"))
                .toList();
    }

    @Test
    void theDataHostServesADifferentPictureOfTheAnnouncedSizeForEachImage() throws Exception {
        fill(new Filling("demo", "big", 60, 0, 1, 0));

        List<Image> images = members("big").stream()
                .map(member -> member.getInput().getData().getImage())
                .filter(Image::hasHosted)
                .toList();
        Set<Integer> hashes = new HashSet<>();
        for (Image image : images) {
            HttpResponse<byte[]> answer = get(image.getUrl());
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
            assertThat(picture.getWidth()).isEqualTo(image.getImageInfo().getWidth());
            assertThat(picture.getHeight()).isEqualTo(image.getImageInfo().getHeight());
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("image/" + image.getImageInfo().getFormat().toLowerCase(Locale.ROOT));
            hashes.add(Arrays.hashCode(answer.body()));
        }
        assertThat(hashes).hasSameSizeAs(images).hasSizeGreaterThan(40);
    }

    @Test
    void moreInputsCanBeAddedButNotTheSameAgain() throws IOException {
        fill(new Filling("demo", "big", 100, 0, 1, 0));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fill(new Filling("demo", "big", 100, 0, 1, 99)))
                .withMessageContaining("sample-0000099");
        fill(new Filling("demo", "big", 100, 0, 1, 100));
        assertThat(members("big")).hasSize(200);
    }

    @Test
    void churnAddsTheNewestAndDeletesSomeWhileTheDatasetIsListed() throws Exception {
        DatasetControl datasets = server.datasets(IMAGES);
        datasets.fill(new Filling("demo", "big", 1000, 1000, 1, 0));
        List<DatasetInput> before = members("big");

        datasets.churn(new Churning("demo", "big", 3, 2, 2));
        List<DatasetInput> during = members("big");
        Map<String, List<String>> changes = datasets.endChurn();

        assertThat(changes.get("added")).hasSize(15).allMatch(id -> id.startsWith("churn-"));
        assertThat(changes.get("deleted")).hasSize(10);
        assertThat(new HashSet<>(ids(during))).as("ids without repetition").hasSizeLessThan(during.size());
        Set<String> expected = new HashSet<>(ids(before));
        expected.addAll(changes.get("added"));
        expected.removeAll(changes.get("deleted"));
        List<DatasetInput> after = members("big");
        assertThat(after).extracting(SampleDatasetsTest::id).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(members("big")).isEqualTo(after);
        Image deleted = before.stream()
                .filter(member -> changes.get("deleted").contains(id(member)))
                .map(member -> member.getInput().getData().getImage())
                .filter(Image::hasHosted)
                .findFirst()
                .orElseThrow();
        assertThat(get(deleted.getUrl()).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Key sandbox-pat")
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private List<DatasetInput> members(String dataset) {
        List<DatasetInput> members = new ArrayList<>();
        List<DatasetInput> page;
        int number = 1;
        do {
            page = client.api()
                    .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                            .setUserAppId(DEMO)
                            .setDatasetId(dataset)
                            .setPage(number++)
                            .setPerPage(PAGE)
                            .build())
                    .getDatasetInputsList();
            members.addAll(page);
        } while (page.size() == PAGE);
        return members;
    }

    private List<Annotation> annotations() {
        return annotations("demo");
    }

    private List<Annotation> annotations(String app) {
        List<Annotation> annotations = new ArrayList<>();
        List<Annotation> page;
        int number = 1;
        do {
            page = client.api()
                    .listAnnotations(ListAnnotationsRequest.newBuilder()
                            .setUserAppId(DEMO.toBuilder().setAppId(app))
                            .setListAllAnnotations(true)
                            .setPage(number++)
                            .setPerPage(PAGE)
                            .build())
                    .getAnnotationsList();
            annotations.addAll(page);
        } while (page.size() == PAGE);
        return annotations;
    }

    private static List<String> ids(List<DatasetInput> members) {
        return members.stream().map(SampleDatasetsTest::id).toList();
    }

    private static String id(DatasetInput member) {
        return member.getInput().getId();
    }

    private static String[] names(Enum<?>[] kinds) {
        return Stream.of(kinds)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
