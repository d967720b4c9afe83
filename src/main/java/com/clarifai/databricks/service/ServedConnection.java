package com.clarifai.databricks.service;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.app.ConnectionCheck;
import com.clarifai.databricks.console.ApiException;
import com.clarifai.databricks.console.Connection;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import com.clarifai.databricks.flow.CheckReport;
import com.clarifai.databricks.flow.FlowParameters;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The connection of a service: what its user has configured, and above it what somebody has entered on the console, which
 * is kept in memory only.
 */
public final class ServedConnection implements Connection {

    private static final String HOST = "databricks.host";
    private static final String WORKSPACE_ID = "databricks.workspace-id";
    private static final String TOKEN = "databricks.token";
    private static final String CLIENT_SECRET = "databricks.client-secret";
    private static final int MOST_CHOICES = 200;
    /** What a connection can do without: compute is started when it is needed. */
    private static final Map<String, Object> QUICK = Map.of("skip", "compute,data-host");

    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("host", HOST);
        SETTINGS.put("token", TOKEN);
        SETTINGS.put("clientId", "databricks.client-id");
        SETTINGS.put("clientSecret", CLIENT_SECRET);
        SETTINGS.put("warehouseId", "databricks.warehouse-id");
        SETTINGS.put("clusterId", "databricks.cluster-id");
        SETTINGS.put("pat", Requirements.PAT);
        SETTINGS.put("userId", "clarifai.user-id");
    }

    private static final Set<String> SECRETS = Set.of("token", "clientSecret", "pat");

    private final Function<Map<String, String>, Settings> configuration;
    private final FlowParameters parameters;
    private final Runnable restart;
    private Map<String, String> entered = Map.of();
    private int generation = 1;

    /**
     * @param configuration the settings with those of the map above all others
     * @param restart makes the service start anew, soon
     */
    public ServedConnection(
            Function<Map<String, String>, Settings> configuration, FlowParameters parameters, Runnable restart) {
        this.configuration = configuration;
        this.parameters = parameters;
        this.restart = restart;
    }

    /** A copy of the settings as they are now. */
    synchronized Settings settings() {
        return configuration.apply(entered);
    }

    @Override
    public synchronized Map<String, Object> current() {
        Settings settings = settings();
        Map<String, Object> current = new LinkedHashMap<>();
        current.put("host", shownHost(settings));
        current.put("authType", settings.get("databricks.auth-type"));
        current.put("clientId", settings.get("databricks.client-id"));
        current.put("warehouseId", settings.get("databricks.warehouse-id"));
        current.put("warehouseName", settings.get("databricks.warehouse-name"));
        current.put("clusterId", settings.get("databricks.cluster-id"));
        current.put("httpPath", settings.get("databricks.http-path"));
        current.put("userId", settings.get("clarifai.user-id"));
        current.put("baseUrl", settings.get("clarifai.base-url"));
        current.put(
                "secrets",
                Map.of(
                        "token", settings.isSet(TOKEN),
                        "clientSecret", settings.isSet(CLIENT_SECRET),
                        "pat", settings.isSet(Requirements.PAT)));
        current.put("changed", !entered.isEmpty());
        String missing = missing(settings);
        current.put("complete", missing == null);
        current.put("missing", missing);
        current.put("generation", generation);
        return current;
    }

    /** As the browser shows it: what is entered again is to be of the same workspace. */
    private static String shownHost(Settings settings) {
        return settings.isSet(HOST) && settings.isSet(WORKSPACE_ID)
                ? address(settings.get(HOST), settings.get(WORKSPACE_ID)).toString()
                : settings.get(HOST);
    }

    private static String missing(Settings settings) {
        try {
            Requirements.flow(settings);
            return null;
        } catch (InvalidSettingException e) {
            return e.getMessage();
        }
    }

    @Override
    public synchronized Map<String, Object> change(Map<String, Object> fields) {
        Map<String, String> changed = entered(fields);
        Settings settings = checked(changed);
        refuseIncomplete(settings);
        return use(changed, settings);
    }

    @Override
    public synchronized Map<String, Object> reset() {
        entered = Map.of();
        generation++;
        return Map.of("ok", true, "generation", generation, "checks", List.of());
    }

    @Override
    public void restart() {
        restart.run();
    }

    @Override
    public synchronized Map<String, Object> compute(Map<String, Object> fields) {
        Settings settings = checked(entered(fields));
        try {
            Requirements.databricks(settings);
        } catch (InvalidSettingException e) {
            throw refused(e);
        }
        try (Application application = Application.startUnconnected(settings)) {
            Map<String, Object> compute = new LinkedHashMap<>();
            compute.put("warehouses", choices(application, "databricks:listWarehouses", "id", "name"));
            compute.put("clusters", choices(application, "databricks:listClusters", "cluster_id", "cluster_name"));
            return compute;
        }
    }

    private static List<Map<String, Object>> choices(
            Application application, String endpoint, String idField, String nameField) {
        Iterator<?> found = application.context().createProducerTemplate().requestBody(endpoint, null, Iterator.class);
        List<Map<String, Object>> choices = new ArrayList<>();
        while (found.hasNext() && choices.size() < MOST_CHOICES) {
            Map<?, ?> item = (Map<?, ?>) found.next();
            choices.add(Map.of(
                    "id", String.valueOf(item.get(idField)),
                    "name", String.valueOf(item.get(nameField)),
                    "state", String.valueOf(item.get("state"))));
        }
        return choices;
    }

    /** The settings that the fields make, with the secrets that were entered before, if they are for the same host. */
    private Map<String, String> entered(Map<String, Object> fields) {
        Map<String, String> settings = new LinkedHashMap<>();
        SETTINGS.forEach((field, setting) -> {
            String value = Objects.toString(fields.get(field), "").strip();
            if (!value.isEmpty()) {
                settings.put(setting, value);
            } else if (SECRETS.contains(field) && entered.containsKey(setting)) {
                settings.put(setting, entered.get(setting));
            }
        });
        boolean client = settings.containsKey("databricks.client-id");
        settings.remove(client ? TOKEN : CLIENT_SECRET);
        refuseSecretsForAnotherHost(settings, fields);
        return settings;
    }

    /** A token that somebody else has configured goes nowhere but where they have said. */
    private void refuseSecretsForAnotherHost(Map<String, String> settings, Map<String, Object> fields) {
        if (!settings.containsKey(HOST)) {
            return;
        }
        WorkspaceAddress next = address(settings.get(HOST), "");
        Settings now = settings();
        boolean another = now.isSet(HOST)
                && !address(now.get(HOST), now.get(WORKSPACE_ID)).mayBe(next);
        boolean client = settings.containsKey("databricks.client-id");
        String field = client ? "clientSecret" : "token";
        boolean given = !Objects.toString(fields.get(field), "").isBlank();
        if (another && !given) {
            throw ApiException.invalidFields(
                    Map.of(field, (client ? "the secret" : "the token") + " for another workspace has to be given"));
        }
    }

    private static WorkspaceAddress address(String url, String workspaceId) {
        try {
            return WorkspaceAddress.parse(url).withId(workspaceId);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidFields(Map.of("host", e.getMessage()));
        }
    }

    private Settings checked(Map<String, String> changed) {
        try {
            return configuration.apply(changed);
        } catch (InvalidSettingException e) {
            throw refused(e);
        }
    }

    private static void refuseIncomplete(Settings settings) {
        try {
            Requirements.flow(settings);
        } catch (InvalidSettingException e) {
            throw refused(e);
        }
    }

    /** At the field of the first setting that has one; what the page has no field for is shown at the host. */
    private static ApiException refused(InvalidSettingException problem) {
        String field = problem.settings().stream()
                .flatMap(setting -> SETTINGS.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(setting))
                        .map(Map.Entry::getKey))
                .findFirst()
                .orElse("host");
        return ApiException.invalidFields(Map.of(field, problem.getMessage()));
    }

    private Map<String, Object> use(Map<String, String> changed, Settings settings) {
        CheckReport report = ConnectionCheck.run(settings, parameters, QUICK, result -> {});
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("ok", !report.failed()));
        answer.put(
                "checks",
                report.results().stream()
                        .filter(result -> result.status() != CheckReport.Status.SKIPPED)
                        .map(ConnectionCheck::json)
                        .toList());
        if (report.failed()) {
            throw new ApiException(422, "the connection does not work; nothing was changed", answer);
        }
        entered = Map.copyOf(changed);
        generation++;
        answer.put("generation", generation);
        return answer;
    }
}
