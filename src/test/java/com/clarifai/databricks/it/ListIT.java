package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListIT {

    private final Sandbox sandbox = Sandbox.shared();

    @Test
    void catalogsSchemasVolumesAndTables() {
        String table = "listed_" + UUID.randomUUID().toString().substring(0, 8);
        sandbox.execute("CREATE TABLE main.default." + table + " (id STRING)");

        assertThat(list("catalogs").out().lines()).contains("main");
        assertThat(list("schemas", "--catalog", "main").out().lines()).contains("default");
        assertThat(list("volumes", "--catalog", "main", "--schema", "default")
                        .out()
                        .lines())
                .contains(sandbox.setting("sandbox.volume"));
        assertThat(list("tables", "--catalog", "main", "--schema", "default")
                        .out()
                        .lines())
                .contains(table);
        assertThat(withoutClarifai("preview", "main.default." + table)).contains("no rows");
        assertThat(withoutClarifai("runs", "--catalog", "main", "--schema", "default", "--json"))
                .startsWith("[");
    }

    /** What looks at tables alone needs no token of Clarifai. */
    private String withoutClarifai(String... command) {
        Result result = ConnectRun.run(sandbox.settingsWith(Map.of("clarifai.pat", "")), command);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    @Test
    void appsAndDatasets() {
        ClarifaiApp app = ClarifaiApp.create(
                sandbox, "listed-" + UUID.randomUUID().toString().substring(0, 8));

        assertThat(list("apps").out().lines()).contains(app.id());
        assertThat(list("datasets", "--app", app.id()).out()).isEmpty();
    }

    @Test
    void jsonIsOneArray() throws IOException {
        JsonNode volumes = new ObjectMapper()
                .readTree(list("volumes", "--catalog", "main", "--schema", "default", "--json")
                        .out());

        assertThat(volumes.isArray()).isTrue();
        assertThat(volumes.findValuesAsText("name")).contains(sandbox.setting("sandbox.volume"));
    }

    @Test
    void choiceThatIsMissingIsNamed() {
        Result result = ConnectRun.run(sandbox, "list", "volumes", "--catalog", "main");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--schema");
    }

    private Result list(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "list";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Result result = ConnectRun.run(sandbox, command);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }
}
