package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} says of the cluster that jobs are to run on. */
class ClusterCheckTest {

    private static final String GET_CLUSTER = "GET /api/2.1/clusters/get";
    private static final String GET_SECRET = "GET /api/2.0/secrets/get";
    private static final String REFERENCE = "{{secrets/mine/pat}}";

    private final RecordedFlow flow = new RecordedFlow();

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void script() throws IOException {
        jar = Files.writeString(folder.resolve("cluster.jar"), "a jar");
        flow.workspace()
                .on("GET /api/2.0/preview/scim/v2/Me", json("{\"userName\":\"me@x.example\"}"))
                .on(GET_CLUSTER, cluster("SINGLE_USER", "16.4.x-scala2.12", "me@x.example", REFERENCE))
                .on(GET_SECRET, secret());
        flow.sql().row(java.util.List.of("SELECT current_user() AS name"), Map.of("name", "me"));
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    private static FakeWorkspace.Answer cluster(String mode, String version, String owner, String variable) {
        return json("{\"cluster_id\":\"c-1\",\"cluster_name\":\"mine\",\"state\":\"RUNNING\",\"data_security_mode\":\""
                + mode + "\",\"spark_version\":\"" + version + "\",\"single_user_name\":\"" + owner
                + "\",\"spark_env_vars\":{\"" + (variable.isEmpty() ? "OTHER" : "CLARIFAI_PAT") + "\":\"" + variable
                + "\"}}");
    }

    private static FakeWorkspace.Answer secret() {
        return json("{\"key\":\"k\",\"value\":\""
                + Base64.getEncoder().encodeToString("s3cr3t".getBytes(StandardCharsets.UTF_8)) + "\"}");
    }

    private Ended check(Map<String, String> settings, String... more) {
        return flow.run(
                settings,
                Stream.concat(Stream.of("check", "--json"), Stream.of(more)).toArray(String[]::new));
    }

    private Map<String, String> checked() throws IOException {
        return lines(check(Map.of("cluster.id", "c-1", "cluster.jar", jar.toString())));
    }

    private static Map<String, String> lines(Ended ended) throws IOException {
        Map<String, String> lines = new TreeMap<>();
        for (JsonNode check : new ObjectMapper().readTree(ended.out()).path("checks")) {
            lines.put(
                    check.path("check").asText(),
                    check.path("status").asText() + ": " + check.path("detail").asText());
        }
        assertThat(lines).isNotEmpty();
        return lines;
    }

    @Test
    void oneThatWillDoIsToldWithItsModeVersionAndToken() throws IOException {
        Ended ended = check(Map.of("cluster.id", "c-1", "cluster.jar", jar.toString()));

        assertThat(lines(ended))
                .containsEntry(
                        "cluster", "ok: cluster c-1 (mine), 16.4.x-scala2.12, SINGLE_USER to me@x.example, RUNNING")
                .containsEntry("cluster-token", "ok: CLARIFAI_PAT of its environment is the secret mine/pat");
        assertThat(ended.out()).doesNotContain("s3cr3t");
        assertThat(flow.workspace().requests("POST"))
                .noneMatch(request -> request.target().contains("/jobs/"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            USER_ISOLATION | 16.4.x-scala2.12 | me@x.example    | access mode Dedicated
            NONE           | 16.4.x-scala2.12 | me@x.example    | access mode Dedicated
            SINGLE_USER    | 15.4.x-scala2.12 | me@x.example    | give it 16 or later
            SINGLE_USER    | 16.4.x-scala2.12 | other@x.example | is dedicated to other@x.example
            """)
    void oneThatWillNotIsRefusedByName(String mode, String version, String owner, String told) throws IOException {
        flow.workspace().on(GET_CLUSTER, cluster(mode, version, owner, REFERENCE));

        assertThat(checked().get("cluster"))
                .startsWith("failed: cluster c-1 (mine) ")
                .contains(told, "cluster.id");
        assertThat(checked().get("cluster-token")).isEqualTo("skipped: cluster failed");
    }

    @Test
    void whoMayNotSeeTheClusterIsToldTheRight() throws IOException {
        flow.workspace().on(GET_CLUSTER, error(403, "PERMISSION_DENIED", "no"));

        assertThat(checked().get("cluster")).contains("CAN ATTACH TO");
    }

    @Test
    void theTokenIsLookedForWhereAJobLooksForIt() throws IOException {
        flow.workspace()
                .on(GET_CLUSTER, cluster("SINGLE_USER", "16.4.x-scala2.12", "", ""))
                .on(GET_SECRET, error(404, "RESOURCE_DOES_NOT_EXIST", "no such key"), secret());
        assertThat(checked().get("cluster-token")).startsWith("ok: the secret clarifai/CLARIFAI_PAT");

        flow.workspace().on(GET_SECRET, error(404, "RESOURCE_DOES_NOT_EXIST", "no such key"));
        assertThat(checked().get("cluster-token"))
                .startsWith("failed: ")
                .contains("the secret scope 'clarifai' has no key");

        flow.workspace().on(GET_SECRET, error(403, "PERMISSION_DENIED", "no"));
        assertThat(checked().get("cluster-token")).contains("warning: ", "whether it is there this user may not see");

        flow.workspace().on(GET_CLUSTER, cluster("SINGLE_USER", "16.4.x-scala2.12", "", "s3cr3t"));
        assertThat(checked().get("cluster-token"))
                .contains("warning: ", "{{secrets/clarifai/CLARIFAI_PAT}}")
                .doesNotContain("s3cr3t");
    }

    @Test
    void oneThatIsMadeForARunIsReadFromItsDescription() throws IOException {
        String described = "{\"spark_version\": \"16.4.x-scala2.12\", \"num_workers\": 2}";
        assertThat(lines(check(Map.of("cluster.new", described, "cluster.jar", jar.toString())))
                        .get("cluster"))
                .isEqualTo("ok: warning: the cluster of cluster.new, 16.4.x-scala2.12, no access mode");
        assertThat(lines(check(Map.of("cluster.new", "no JSON", "cluster.jar", jar.toString())))
                        .get("cluster"))
                .startsWith("failed: cluster.new is no JSON object");
    }

    @Test
    void withoutAClusterNothingIsCheckedUnlessAskedFor() throws IOException {
        assertThat(lines(check(Map.of())).get("cluster")).startsWith("skipped: ");
        assertThat(lines(check(Map.of(), "--on=cluster")).get("cluster"))
                .startsWith("failed: ")
                .contains("CLUSTER_ID");
        assertThat(lines(check(Map.of("cluster.id", "c-1"), "--on=machine")).get("cluster"))
                .startsWith("skipped: ");
    }
}
