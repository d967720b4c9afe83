package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes are answered with one line that names the setting, and leave nothing behind. */
@TestInstance(Lifecycle.PER_CLASS) // names of its own when it is run again
class BadInputIT {

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String untouched = "untouched_" + suffix;

    private Sandbox sandbox;
    private ClarifaiApp app;

    @BeforeAll
    void appWithoutDatasets() {
        sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "untouched-" + suffix);
    }

    Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "wrong host", setting("databricks.host", "http://127.0.0.1:1"), option(), "databricks.host"),
                Arguments.of(
                        "unknown host",
                        setting("databricks.host", "https://workspace.invalid"),
                        option(),
                        "databricks.host"),
                Arguments.of(
                        "unknown host, which should have the secret",
                        Map.of("databricks.host", "https://workspace.invalid", "clarifai.pat", ""),
                        option(),
                        "check databricks.host"),
                Arguments.of("wrong token", setting("databricks.token", "dapi-wrong"), option(), "databricks.token"),
                Arguments.of(
                        "wrong warehouse",
                        setting("databricks.warehouse-id", "nowhere"),
                        option(),
                        "databricks.warehouse-id"),
                Arguments.of("wrong PAT", setting("clarifai.pat", "wrong-pat"), option(), "clarifai.pat"),
                Arguments.of(
                        "no Clarifai there",
                        setting("clarifai.base-url", "http://127.0.0.1:1"),
                        option(),
                        "clarifai.base-url"),
                Arguments.of("no token", setting("databricks.token", ""), option(), "DATABRICKS_TOKEN"),
                Arguments.of(
                        "no PAT, nor a secret",
                        Map.of("clarifai.pat", "", "clarifai.secret-key", "nothing"),
                        option(),
                        "databricks secrets put-secret clarifai nothing"),
                Arguments.of(
                        "no PAT, nor a secret scope",
                        Map.of("clarifai.pat", "", "clarifai.secret-scope", "nothing"),
                        option(),
                        "databricks secrets create-scope nothing"),
                Arguments.of(
                        "wrong client secret",
                        Map.of(
                                "databricks.token", "",
                                "databricks.client-id", sandbox.setting("sandbox.client-id"),
                                "databricks.client-secret", "wrong"),
                        option(),
                        "databricks.client-secret"),
                Arguments.of("missing catalog", setting(), option("--catalog", "nowhere"), "--catalog"),
                Arguments.of("missing schema", setting(), option("--schema", "nowhere"), "--schema"),
                Arguments.of("missing volume", setting(), option("--volume", "nowhere"), "--volume"),
                Arguments.of("missing folder", setting(), option("--path", "nowhere"), "--path"),
                Arguments.of("folder outside", setting(), option("--path", "../other"), "--path"),
                Arguments.of("missing schema of the table", setting(), option("--table", "main.nowhere.t"), "nowhere"),
                Arguments.of("no table name", setting(), option("--table", null), "--table"),
                Arguments.of("empty table name", setting(), option("--table", ""), "--table"),
                Arguments.of("table name with a back-tick", setting(), option("--table", "in`puts"), "--table"),
                Arguments.of("table name with a quote", setting(), option("--table", "in'puts"), "--table"),
                Arguments.of("unknown app", setting(), option("--app", "nowhere"), "--app"),
                Arguments.of("unknown option", setting(), option("--tabel", "t"), "--tabel"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isAnsweredInOneLineThatNamesTheSetting(
            String mistake, Map<String, String> settings, Map<String, String> options, String named) {
        Result result = ConnectRun.run(sandbox.settingsWith(settings), arguments(options));

        assertThat(result.exitCode()).as(result.err()).isIn(1, 2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().filter(line -> line.startsWith("error: ")))
                .hasSize(1)
                .allMatch(line -> line.contains(named), "names " + named);
        assertThat(result.err().lines().count()).as(result.err()).isLessThanOrEqualTo(2);
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
        assertThat(app.datasets()).isEmpty();
        assertThat(sandbox.tableExists("main.default." + untouched)).isFalse();
    }

    @Test
    void flowThatIsNotThereAndParameterThatNoneTakesAreNamed() {
        Result flow = ConnectRun.run(sandbox, "run", "nowhere", "app=" + app.id());
        Result parameter = ConnectRun.run(sandbox, "run", "import-csv", "tabel=t");

        assertThat(flow.exitCode()).isEqualTo(2);
        assertThat(flow.err()).startsWith("error: 'nowhere' is not a flow").contains("databricks-connect routes");
        assertThat(parameter.exitCode()).isEqualTo(2);
        assertThat(parameter.err()).startsWith("error: tabel is not an option of import csv");
    }

    @Test
    void fileThatIsNoConfigurationIsNamed() {
        Result result = ConnectRun.run(Path.of("nowhere.properties"), "list", "catalogs");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("nowhere.properties", "--config");
    }

    @Test
    void tokensAreNotShownEvenWhenEverythingElseIs() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("databricks.token", sandbox.setting("databricks.token"));
        settings.put("clarifai.pat", sandbox.setting("clarifai.pat"));
        ClarifaiApp other = ClarifaiApp.create(sandbox, "tokens-" + suffix);
        String[] arguments =
                arguments(Map.of("--filter", "cat.jpg", "--table", "tokens_" + suffix, "--app", other.id()));
        arguments = Arrays.copyOf(arguments, arguments.length + 1);
        arguments[arguments.length - 1] = "-vv";

        Result result =
                ConnectProcess.start(sandbox.settingsWith(settings), arguments).waitFor();

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("DEBUG").doesNotContain(settings.values());
    }

    @ParameterizedTest
    @CsvSource({"databricks.token,pat", "databricks.client-secret,oauth-m2m", "clarifai.pat,pat"})
    void aSecretThatIsRefusedIsNotShownEvenWhenEverythingElseIs(String setting, String authType) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("databricks.client-id", sandbox.setting("sandbox.client-id"));
        settings.put("databricks.client-secret", sandbox.setting("sandbox.client-secret"));
        settings.put("databricks.auth-type", authType);
        settings.put(setting, "nobody-has-this");
        String[] arguments = Arrays.copyOf(arguments(Map.of()), arguments(Map.of()).length + 1);
        arguments[arguments.length - 1] = "-vvv";

        Result result =
                ConnectProcess.start(sandbox.settingsWith(settings), arguments).waitFor();

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).contains("TRACE", "error: ", setting);
        assertThat(result.err() + result.out())
                .doesNotContain(
                        "nobody-has-this",
                        Base64.getEncoder()
                                .encodeToString(
                                        (sandbox.setting("sandbox.client-id") + ":nobody-has-this").getBytes()));
    }

    private String[] arguments(Map<String, String> changes) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--catalog", "main");
        options.put("--schema", "default");
        options.put("--volume", sandbox.setting("sandbox.volume"));
        options.put("--table", untouched);
        options.put("--app", app.id());
        options.put("--dataset", "pictures");
        options.putAll(changes);
        List<String> arguments = new ArrayList<>(List.of("import", "volume"));
        options.forEach((name, value) -> {
            if (value != null) {
                arguments.add(name);
                arguments.add(value);
            }
        });
        return arguments.toArray(String[]::new);
    }

    private static Map<String, String> setting(String... nameAndValue) {
        return pair(nameAndValue);
    }

    private static Map<String, String> option(String... nameAndValue) {
        return pair(nameAndValue);
    }

    private static Map<String, String> pair(String... nameAndValue) {
        Map<String, String> pair = new LinkedHashMap<>();
        if (nameAndValue.length == 2) {
            pair.put(nameAndValue[0], nameAndValue[1]);
        }
        return pair;
    }
}
