package com.clarifai.databricks.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.databricks.routes.EditedRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                                Map.of("pending", 0, "existing", planned().size(), "rejected", 0)));
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

    private List<Object> planned() {
        return flow.staged("found").stream().map(row -> row.get("input_id")).toList();
    }

    private Ended importVolume() {
        return flow.run(
                Map.of("routes.directory", routes.folder().toString()),
                "import",
                "volume",
                "--json",
                "--catalog=main",
                "--schema=default",
                "--volume=photos",
                "--table=main.default.inputs",
                "--app=app",
                "--dataset=pictures");
    }
}
