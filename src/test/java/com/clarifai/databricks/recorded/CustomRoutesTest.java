package com.clarifai.databricks.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.databricks.routes.EditedRoutes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that somebody adds to the shipped routes with a text editor, as docs/change.md shows them. */
class CustomRoutesTest {

    private static final String BEFORE = "        - to: kamelet:stage?part=found/";
    private static final String PHOTOS = "/Volumes/main/default/photos/";

    private final RecordedFlow flow = new RecordedFlow();

    @TempDir
    private Path home;

    private EditedRoutes routes;

    @BeforeEach
    void threeFiles() throws IOException {
        routes = EditedRoutes.copyOf(Path.of(""), home);
        flow.file(PHOTOS + "small.png", new byte[500]);
        flow.file(PHOTOS + "other.png", new byte[999]);
        flow.file(PHOTOS + "large.png", new byte[10_000]);
        // all that was staged is there already
        flow.sql()
                .answer(
                        List.of("AS pending", "AS existing"),
                        statement -> List.of(
                                Map.of("pending", 0, "existing", planned().size(), "rejected", 0, "planned_at", 1)));
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    @Test
    void filterOnFileSizeIsOneStep() throws IOException {
        routes.insert(
                "import-volume.camel.yaml",
                "        - setBody:\n            simple: ${filter(${body}, ${body[source_size]} < 1000)}\n",
                BEFORE);

        assertThat(importVolume().summary())
                .containsEntry("read", 3)
                .containsEntry("rejected", 0)
                .containsEntry("skipped", 1);
        assertThat(planned()).containsExactlyInAnyOrder("small", "other");
    }

    @Test
    void changeOfEveryRowIsOneStep() throws IOException {
        routes.insert(
                "import-volume.camel.yaml",
                "        - script:\n"
                        + "            groovy: \"body.each { it.concepts = [[id: 'holiday', name: 'holiday', value: 1.0f]] }\"\n",
                BEFORE);

        assertThat(importVolume().summary()).containsEntry("read", 3).containsEntry("skipped", 0);
        assertThat(flow.staged("found"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.get("concepts")).asString().contains("holiday"));
    }

    @Test
    void theWorkedFilterLeavesThumbnailsOut() throws IOException {
        routes.apply("filter");

        assertThat(importVolume().summary()).containsEntry("read", 3).containsEntry("skipped", 2);
        assertThat(planned()).containsExactly("large");
    }

    /** The last one is no whole picture, which does not keep the others from being resized. */
    @Test
    void theWorkedResizingMakesLargeImagesSmallerAndLeavesOthersAlone() throws IOException {
        routes.apply("resize");
        Map<String, byte[]> pictures = Map.of(
                "wide.png", picture(3_000, 1_500, "png"),
                "tall.jpg", picture(500, 1_100, "jpg"),
                "small.png", picture(200, 100, "png"),
                "broken.jpg", Arrays.copyOf(picture(3_000, 20, "jpg"), 100));
        pictures.forEach((name, content) -> flow.file(PHOTOS + name, content));
        flow.sql()
                .row(
                        List.of("AS pending", "AS existing"),
                        Map.of("pending", 4, "existing", 0, "rejected", 0, "planned_at", 1));
        flow.sql()
                .rowsInTurn(
                        List.of("AS resumed", "AS refused", "LIMIT"),
                        List.of(pictures.entrySet().stream()
                                .map(picture -> page(picture.getKey(), picture.getValue().length))
                                .toList()));

        assertThat(importVolume().summary()).containsEntry("imported", 3).containsEntry("rejected", 1);

        assertThat(size(sent("wide"))).isEqualTo("1024x512");
        assertThat(size(sent("tall"))).isEqualTo("465x1024");
        assertThat(sent("small")).isEqualTo(pictures.get("small.png"));
        assertThat(flow.clarifai().inputIds()).doesNotContain("broken");
    }

    private byte[] sent(String id) {
        return flow.clarifai().input(id).getData().getImage().getBase64().toByteArray();
    }

    private static String size(byte[] picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        return image.getWidth() + "x" + image.getHeight();
    }

    private static Map<String, Object> page(String file, int size) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("input_id", file.replaceFirst("\\..*", ""));
        row.put("source_uri", PHOTOS + file);
        row.put("source_size", size);
        row.put("concepts", null);
        row.put("resumed", false);
        row.put("refused", false);
        return row;
    }

    private static byte[] picture(int width, int height, String format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, file);
        return file.toByteArray();
    }

    private List<Object> planned() {
        return flow.staged("found").stream().map(row -> row.get("input_id")).toList();
    }

    private Ended importVolume() {
        return flow.importVolume(Map.of("routes.directory", routes.folder().toString()));
    }
}
