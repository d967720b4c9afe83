package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kamelets in an application that has nothing of ours but the jar: the example of their page, as it stands there. */
class KameletsIT {

    private static final Pattern YAML = Pattern.compile("(?s)\\[source,yaml]\n----\n(.*?)\n----");

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();

    @Test
    void theExampleOfThePageKeepsDatasetAndTableUpToDate(@TempDir Path folder) throws Exception {
        String volume = "kamelets_" + suffix;
        String table = "main.default." + volume;
        ClarifaiApp app = ClarifaiApp.create(sandbox, "kamelets-" + suffix);
        app.createDataset("photos");
        sandbox.createVolume(table);
        byte[] image = Files.readAllBytes(Path.of("src/test/resources/pixel.png"));
        sandbox.putFile("/Volumes/main/default/" + volume + "/cat/a.png", image);
        sandbox.putFile("/Volumes/main/default/" + volume + "/empty.png", new byte[0]);

        Main main = new Main();
        main.configure().withRoutesIncludePattern("file:" + route(folder));
        main.setDefaultPropertyPlaceholderLocation("file:" + settings(volume, app.id()));
        main.start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> rows(table).size() == 2);
            // another listing, which finds the same files and one more
            sandbox.putFile("/Volumes/main/default/" + volume + "/dog/a.png", image);
            await().atMost(Duration.ofMinutes(2)).until(() -> rows(table).size() == 3);
        } finally {
            main.stop();
        }

        assertThat(rows(table)).allSatisfy(row -> {
            boolean empty = row.get("source_uri").toString().endsWith("empty.png");
            assertThat(row.get("status")).isEqualTo(empty ? "REJECTED" : "PROCESSED");
            assertThat(row.get("status_message")).isEqualTo(empty ? "the file is empty" : null);
            assertThat(row.get("image_url") == null).isEqualTo(empty);
        });
        List<Input> inputs = app.datasetInputs("photos");
        assertThat(inputs).extracting(Input::getId).allMatch(id -> id.matches("a-[0-9a-f]{16}"));
        assertThat(inputs)
                .extracting(input -> input.getData().getConcepts(0).getId())
                .containsExactlyInAnyOrder("cat", "dog");
        assertThat(sandbox.listFolder("/Volumes/main/default/clarifai_staging"))
                .noneMatch(name -> name.startsWith("rows-"));
    }

    private List<Map<String, Object>> rows(String table) {
        return sandbox.tableExists(table) ? sandbox.query("SELECT * FROM " + table) : List.of();
    }

    private static Path route(Path folder) throws IOException {
        Matcher example = YAML.matcher(Files.readString(Path.of("src/main/docs/kamelets.adoc")));
        assertThat(example.find()).isTrue();
        return Files.writeString(folder.resolve("photos.camel.yaml"), example.group(1));
    }

    private Path settings(String volume, String app) {
        return sandbox.settingsWith(Map.of(
                "photos.volume",
                volume,
                "photos.app",
                app,
                "photos.table",
                "main.default." + volume,
                "photos.period",
                "2s",
                "camel.component.databricks.host",
                sandbox.setting("databricks.host"),
                "camel.component.databricks.token",
                sandbox.setting("databricks.token"),
                "camel.component.clarifai.base-url",
                sandbox.setting("clarifai.base-url"),
                "camel.component.clarifai.personal-access-token",
                sandbox.setting("clarifai.pat")));
    }
}
