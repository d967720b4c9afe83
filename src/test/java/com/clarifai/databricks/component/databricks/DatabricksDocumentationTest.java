package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** The examples of the component's page are routes that run. */
class DatabricksDocumentationTest extends DatabricksTestSupport {

    private static final Pattern YAML = Pattern.compile("(?s)\\[source,yaml]\n----\n(.*?)\n----");

    @Test
    void theExamplesAreRoutesThatLoad() throws Exception {
        List<String> examples = YAML.matcher(Files.readString(Path.of("src/main/docs/databricks-component.adoc")))
                .results()
                .map(MatchResult::group)
                .filter(example -> example.contains("- route:"))
                .toList();
        assertThat(examples).hasSize(4);
        for (String example : examples) {
            String yaml = YAML.matcher(example)
                    .replaceFirst("$1")
                    .replaceFirst("id: (stage|new-csv-files)\n", "id: $1\n    autoStartup: false\n");
            PluginHelper.getRoutesLoader(context()).loadRoutes(ResourceHelper.fromString("example.camel.yaml", yaml));
        }
        workspace.on(
                "GET " + DIRECTORIES + "/2026",
                json("{\"contents\":[{\"path\":\"%s/2026/a.jpg\",\"name\":\"a.jpg\",\"file_size\":8}]}"
                        .formatted(VOLUME)));

        assertThat(send("direct:count-images", null).getException()).isNull();
        assertThat(workspace.requests()).hasSize(1);
    }
}
