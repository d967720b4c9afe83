package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.databricks.routes.EditedRoutes;
import com.clarifai.grpc.api.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that somebody adds to the shipped route with a text editor, as docs/change.md shows them. */
class CustomRouteIT {

    private static final String BEFORE = "        - to: kamelet:stage?part=found/";

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final String volume = "custom_" + suffix;
    private ClarifaiApp app;

    @TempDir
    private Path folder;

    @BeforeEach
    void threeImages() throws IOException {
        app = ClarifaiApp.create(sandbox, "custom-" + suffix);
        sandbox.createVolume("main.default." + volume);
        byte[] image = Files.readAllBytes(Path.of("src/test/resources/pixel.png"));
        byte[] padded = Arrays.copyOf(image, 5_000);
        sandbox.putFile("/Volumes/main/default/" + volume + "/small.png", image);
        sandbox.putFile("/Volumes/main/default/" + volume + "/other.png", image);
        sandbox.putFile("/Volumes/main/default/" + volume + "/large.png", padded);
    }

    @Test
    void filterOnFileSizeIsOneStep() throws IOException {
        Result result = importWith(
                "        - setBody:\n" + "            simple: ${filter(${body}, ${body[source_size]} < 1000)}\n");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"read\":3", "\"imported\":2", "\"rejected\":0", "\"skipped\":1");
        assertThat(app.datasetInputs("pictures")).extracting(Input::getId).containsExactlyInAnyOrder("small", "other");
    }

    @Test
    void changeOfEveryRowIsOneStep() throws IOException {
        Result result = importWith(
                "        - script:\n"
                        + "            groovy: \"body.each { it.concepts = [[id: 'holiday', name: 'holiday', value: 1.0f]] }\"\n");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(app.datasetInputs("pictures")).hasSize(3).allSatisfy(input -> assertThat(
                        input.getData().getConceptsList())
                .extracting(concept -> concept.getId())
                .containsExactly("holiday"));
    }

    /** The shipped routes with a step added where files have become rows. */
    private Result importWith(String step) throws IOException {
        Path routes = EditedRoutes.copyOf(ConnectProcess.home(), folder)
                .insert("import-volume.camel.yaml", step, BEFORE)
                .folder();
        Path config = sandbox.settingsWith(Map.of("routes.directory", routes.toString()));
        return ConnectRun.run(config, VolumeImport.arguments(volume, "custom_" + suffix, app, "--json"));
    }
}
