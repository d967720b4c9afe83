package com.clarifai.databricks.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Answers of the workspace in which anything may be of another type, missing, doubled, very large or cut off: each is
 * understood, or is the failure of its call, and nothing else.
 */
class AnswersFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ITEMS = 50;

    private static final FakeWorkspace WORKSPACE = new FakeWorkspace();
    private static final AtomicReference<String> ANSWER = new AtomicReference<>();

    private static final WorkspaceClient CLIENT = WORKSPACE.client();

    static {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            WORKSPACE.onPrefix(method + " ", FakeWorkspace.answering((path, body) -> FakeWorkspace.json(ANSWER.get())));
        }
    }

    private static final String VOLUME_CREDENTIALS = """
            {"volume_id":"v","storage_location":"s3://b/p","expiration_time":1764366000000,"url":"s3://b/p",
             "aws_temp_credentials":{"access_key_id":"a","secret_access_key":"s","session_token":"t"}}""";

    private static final String DIRECTORY = """
            {"contents":[{"path":"/Volumes/main/default/v/a.jpg","is_directory":false,"file_size":12,
             "last_modified":1764366000000,"name":"a.jpg"}],"next_page_token":""}""";

    private static final String WAREHOUSE = """
            {"warehouses":[{"id":"w","name":"n"}],"id":"w","name":"n","state":"RUNNING",
             "health":{"status":"FAILED","summary":"s","failure_reason":{"code":"c","type":"t","parameters":{"a":"b"}}}}""";

    private static final String CLUSTER = """
            {"cluster_id":"c","cluster_name":"n","state":"RUNNING","spark_version":"15.4.x-scala2.12",
             "data_security_mode":"SINGLE_USER","state_message":"m",
             "termination_reason":{"code":"c","type":"t","parameters":{"a":"b"}}}""";

    private static final String RUNS = """
            {"runs":[{"run_id":12,"run_name":"n","run_page_url":"https://x.example","state":{"life_cycle_state":
             "RUNNING"},"tasks":[{"run_id":13,"spark_jar_task":{"parameters":["a"]}}]}]}""";

    private static final String RUN = """
            {"run_id":12,"run_name":"n","run_page_url":"https://x.example","error":"e","state":{"life_cycle_state":
             "TERMINATED","result_state":"SUCCESS","state_message":"m"},"status":{"termination_details":
             {"code":"SUCCESS"}},"tasks":[{"run_id":13,"spark_jar_task":{"parameters":["a"]}}]}""";

    /** A call, and an answer to it as the API's pages show it. */
    private record Call(String name, String answer, Consumer<WorkspaceClient> made) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Nobody waits for ever for a run that does not end. */
    private static final class Looks implements Consumer<JobRunState> {

        private int left = 3;

        @Override
        public void accept(JobRunState state) {
            if (left-- == 0) {
                throw state.failure("");
            }
        }
    }

    @AfterContainer
    static void stop() {
        CLIENT.close();
        WORKSPACE.close();
    }

    @Property
    void aStrangeAnswerIsUnderstoodOrTheFailureOfItsCall(@ForAll("calls") Call call, @ForAll long seed)
            throws JsonProcessingException {
        ANSWER.set(changed(call.answer(), new Random(seed)));
        WORKSPACE.requests().clear();
        WORKSPACE.waits().clear();
        try {
            call.made().accept(CLIENT);
        } catch (DatabricksException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        } catch (RuntimeException e) {
            fail(call + " was broken by the answer " + ANSWER.get(), e);
        }
    }

    @Property
    void anAnswerAsItShouldBeIsUnderstood(@ForAll("calls") Call call) {
        ANSWER.set(call.answer());
        call.made().accept(CLIENT);
    }

    @Provide
    Arbitrary<Call> calls() {
        return Arbitraries.of(
                new Call(
                        "catalogs",
                        "{\"catalogs\":[{\"name\":\"main\",\"catalog_type\":\"MANAGED_CATALOG\"}],\"next_page_token\":\"\"}",
                        client -> drain(new UnityCatalog(client).catalogs())),
                new Call(
                        "tables",
                        "{\"tables\":[{\"name\":\"t\",\"table_type\":\"MANAGED\",\"properties\":{\"a\":\"b\"}}]}",
                        client -> drain(new UnityCatalog(client).tables("main", "default"))),
                new Call("table exists", "{\"table_exists\":true}", client -> new UnityCatalog(client)
                        .tableExists("main", "default", "t")),
                new Call("volume credentials", VOLUME_CREDENTIALS, client -> new VolumeCredentials(
                                client, new UnityCatalog(client).volume("main", "default", "v"))
                        .get()),
                new Call(
                        "directory",
                        DIRECTORY,
                        client -> drain(new VolumeFiles(client).list(VolumePath.parse("/Volumes/main/default/v")))),
                new Call(
                        "secret",
                        "{\"key\":\"CLARIFAI_PAT\",\"value\":\"c2VjcmV0\",\"secrets\":[{\"key\":\"K\"}]}",
                        client -> new Secrets(client).get("clarifai", "CLARIFAI_PAT")),
                new Call("warehouse", WAREHOUSE, client -> SqlCompute.of(client, null, null, "n", null)
                        .ensureRunning(Duration.ofMinutes(1), progress -> {})),
                new Call("cluster", CLUSTER, client -> SqlCompute.of(client, null, null, null, "c")
                        .ensureRunning(Duration.ofMinutes(1), progress -> {})),
                new Call(
                        "clusters",
                        "{\"clusters\":[{\"cluster_id\":\"c\",\"cluster_name\":\"n\",\"state\":\"RUNNING\"}]}",
                        client -> drain(new Clusters(client).list())),
                new Call(
                        "user",
                        "{\"userName\":\"me@example.com\",\"active\":true,\"displayName\":\"me\"}",
                        CurrentUser::of),
                new Call("runs", RUNS, client -> new Jobs(client).findActive("n")),
                new Call("run", RUN, client -> new Jobs(client).await(12, new Looks(), () -> false)),
                new Call(
                        "host",
                        "{\"oidc_endpoint\":\"https://x.example/oidc\",\"workspace_id\":\"1\",\"host_type\":\"unified\"}",
                        HostConfiguration::of),
                new Call(
                        "token endpoint",
                        "{\"token_endpoint\":\"http://x.example/token\",\"authorization_endpoint\":\"http://x.example/a\"}",
                        client -> new TokenEndpoint(client).find()));
    }

    private static void drain(Iterator<?> items) {
        for (int i = 0; i < ITEMS && items.hasNext(); i++) {
            items.next();
        }
    }

    private static String changed(String answer, Random random) throws JsonProcessingException {
        JsonNode root = JSON.readTree(answer);
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<ContainerNode<?>> containers = new ArrayList<>();
            collect(root, containers);
            change(containers.get(random.nextInt(containers.size())), random);
        }
        String text = random.nextInt(30) == 0 ? value(random).toString() : root.toString();
        return random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length())) : text;
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
        if (node instanceof ContainerNode<?> container) {
            containers.add(container);
            container.forEach(child -> collect(child, containers));
        }
    }

    private static void change(ContainerNode<?> container, Random random) {
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("another" + name, value(random));
                default -> object.set(name, value(random));
            }
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            switch (random.nextInt(4)) {
                case 0 -> array.remove(index);
                case 1 -> array.add(array.get(index).deepCopy());
                case 2 -> array.add(value(random));
                default -> array.set(index, value(random));
            }
        }
    }

    private static JsonNode value(Random random) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(16)) {
            case 0 -> json.nullNode();
            case 1 -> json.booleanNode(random.nextBoolean());
            case 2 -> json.numberNode(random.nextLong());
            case 3 -> json.numberNode(-1.5e300);
            case 4 -> json.textNode("");
            case 5 -> json.textNode(" \n\u0000\u2028");
            case 6 -> json.textNode("x".repeat(10_000));
            case 7 -> json.textNode("1e999999999");
            case 8 -> json.textNode("\ud83d");
            case 9 -> json.arrayNode();
            case 10 -> json.arrayNode().add("a").add(json.nullNode()).add(1);
            case 11 -> json.objectNode();
            case 12 -> json.objectNode().set("name", json.objectNode());
            case 13 -> json.textNode("http://[");
            case 14 -> json.textNode("/Volumes/main/../x\\y/%");
            default -> json.textNode("STOPPED");
        };
    }
}
