package com.clarifai.databricks.service;

import com.clarifai.databricks.app.ComputeChoices;
import com.clarifai.databricks.app.ConnectionCheck;
import com.clarifai.databricks.console.ApiException;
import com.clarifai.databricks.console.Connection;
import com.clarifai.databricks.console.PageWords;
import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.TokenCache;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import com.clarifai.databricks.flow.check.Check;
import com.clarifai.databricks.flow.check.CheckReport;
import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.run.Failure;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.KeptConnection;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The connection of a service: what its user has configured, and above it what somebody has entered on the console, which
 * is kept in memory only, unless that is wanted otherwise.
 */
public final class ServedConnection implements Connection {

    private static final String HOST = "databricks.host";
    private static final String WORKSPACE_ID = "databricks.workspace-id";
    private static final String TOKEN = "databricks.token";
    private static final String CLIENT_SECRET = "databricks.client-secret";
    private static final String AUTH_TYPE = "databricks.auth-type";
    private static final String CACHE = "databricks.token-cache-file";
    /** "Connected" means that a statement has run and that Clarifai has answered; this is for images alone. */
    private static final Map<String, Object> CONNECTION = Map.of("skip", "data-host");

    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("host", HOST);
        SETTINGS.put("token", TOKEN);
        SETTINGS.put("clientId", "databricks.client-id");
        SETTINGS.put("clientSecret", CLIENT_SECRET);
        SETTINGS.put("warehouseId", "databricks.warehouse-id");
        SETTINGS.put("clusterId", "databricks.cluster-id");
        SETTINGS.put("httpPath", "databricks.http-path");
        SETTINGS.put("pat", Requirements.PAT);
        SETTINGS.put("userId", "clarifai.user-id");
    }

    private static final Set<String> SECRETS = Set.of("token", "clientSecret", "pat");

    private final Function<Map<String, String>, Settings> configuration;
    private final FlowParameters parameters;
    private final Runnable restart;
    private final ServedSignIn signIn = new ServedSignIn();
    private final ServedS3 s3 = new ServedS3();
    private Map<String, String> entered = Map.of();
    private int generation = 1;
    /** Of the connection that the running application has been started with. */
    private int served = 1;

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

    /** The settings of an application that starts now. */
    public synchronized Settings serve() {
        served = generation;
        return settings();
    }

    /** A copy of the settings as they are now. */
    synchronized Settings settings() {
        Settings settings = configuration.apply(entered);
        s3.putInto(settings);
        return settings;
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
        current.put("s3", s3.current(settings));
        current.put("changed", !entered.isEmpty());
        current.put("keptFile", KeptConnection.of(settings).file().toString());
        current.put("browserSignIn", isHere(settings.get("console.host")));
        String missing = missing(settings);
        current.put("complete", missing == null);
        current.put("missing", missing);
        current.put("generation", served);
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
            return PageProblems.missing(e);
        }
    }

    /** Whether the browser may be on this machine, to which Databricks sends it back. */
    private static boolean isHere(String host) {
        return Set.of("127.0.0.1", "localhost", "::1").contains(host);
    }

    @Override
    public synchronized Map<String, Object> change(Map<String, Object> fields) {
        Map<String, String> changed = entered(fields);
        Settings settings = checked(changed);
        refuseIncomplete(settings);
        Map<String, Object> answer = check(changed, settings);
        entered = Map.copyOf(keep(changed, fields));
        answer.put("generation", nextGeneration());
        return answer;
    }

    /** @return what counts from now on */
    private Map<String, String> keep(Map<String, String> changed, Map<String, Object> fields) {
        String where = Objects.toString(fields.get("keep"), "memory");
        if (!where.equals("file") && !where.equals("profile")) {
            return changed;
        }
        Map<String, String> kept = new LinkedHashMap<>(changed);
        keepTokens(kept);
        KeptConnection file = KeptConnection.of(settings());
        try {
            if (where.equals("file")) {
                file.write(kept);
            } else {
                file.write(
                        kept, Objects.toString(fields.get("profile"), "DEFAULT").strip());
            }
        } catch (InvalidSettingException e) {
            throw ApiException.invalidFields(Map.of(where.equals("file") ? "keep" : "profile", e.getMessage()));
        }
        return kept;
    }

    /** Those of a sign-in go to where the Databricks CLI has its own. */
    private void keepTokens(Map<String, String> kept) {
        if (signIn.cache().equals(kept.get(CACHE))) {
            kept.remove(CACHE);
            URI host = WorkspaceAddress.parse(kept.get(HOST)).host();
            signIn.tokens(host)
                    .ifPresent(tokens -> TokenCache.of(settings().get(CACHE)).change(host, before -> tokens));
        }
    }

    @Override
    public Map<String, Object> beginSignIn(Map<String, Object> fields) {
        Settings settings =
                checked(Map.of(HOST, Objects.toString(fields.get("host"), "").strip()));
        if (!settings.isSet(HOST)) {
            throw ApiException.invalidFields(Map.of("host", "the address of the workspace is required"));
        }
        try {
            return signIn.begin(settings);
        } catch (DatabricksException e) {
            String problem = PageProblems.describe(e);
            throw new ApiException(422, problem, Map.of("fields", Map.of("host", problem)));
        }
    }

    @Override
    public Map<String, Object> signIn() {
        return signIn.state();
    }

    @Override
    public synchronized Map<String, Object> reset() {
        entered = Map.of();
        return Map.of("ok", true, "generation", nextGeneration(), "checks", List.of());
    }

    @Override
    public Map<String, Object> changeS3(Map<String, Object> fields) {
        // not while holding the lock: S3 may take long to answer
        String found = s3.change(fields, settings());
        return Map.of("ok", true, "generation", nextGeneration(), "found", found);
    }

    @Override
    public Map<String, Object> resetS3() {
        s3.reset();
        return Map.of("ok", true, "generation", nextGeneration());
    }

    private synchronized int nextGeneration() {
        generation++;
        return generation;
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
        try {
            ComputeChoices choices = ComputeChoices.of(settings);
            return Map.of("warehouses", choices.warehouses(), "clusters", choices.clusters());
        } catch (RuntimeException e) {
            throw atField(e, fields);
        }
    }

    /** The failure of a call to the workspace, at the field that it is about. */
    private static RuntimeException atField(RuntimeException problem, Map<String, Object> fields) {
        if (!(Failure.cause(problem) instanceof DatabricksException cause)) {
            return problem;
        }
        String told = PageProblems.describe(cause);
        return new ApiException(422, told, Map.of("fields", Map.of(field(cause, fields), told)));
    }

    private static String field(DatabricksException problem, Map<String, Object> fields) {
        boolean browser = Credentials.BROWSER.equals(fields.get("authType"));
        boolean client = !Objects.toString(fields.get("clientId"), "").isBlank();
        return switch (problem.kind()) {
            case UNAUTHENTICATED, PERMISSION_DENIED -> browser ? "signIn" : client ? "clientSecret" : "token";
            default -> "host";
        };
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
        if (Credentials.BROWSER.equals(fields.get("authType"))) {
            List.of(TOKEN, "databricks.client-id", CLIENT_SECRET).forEach(settings::remove);
            settings.put(AUTH_TYPE, Credentials.BROWSER);
            if (signIn.tokens(address(settings.getOrDefault(HOST, ""), "").host())
                    .isPresent()) {
                settings.put(CACHE, signIn.cache());
            }
            return settings;
        }
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
        return ApiException.invalidFields(Map.of(field, PageProblems.missing(problem)));
    }

    /** @throws ApiException 422 with the checks, and what is wrong with which field, when one has failed */
    private Map<String, Object> check(Map<String, String> changed, Settings settings) {
        CheckReport report = ConnectionCheck.run(settings, parameters, CONNECTION, result -> {});
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("ok", !report.failed()));
        answer.put(
                "checks",
                report.results().stream()
                        .filter(result -> result.status() != CheckReport.Status.SKIPPED)
                        .map(ServedConnection::json)
                        .toList());
        if (report.failed()) {
            Map<String, String> wrong = new LinkedHashMap<>();
            report.results().stream()
                    .filter(result -> result.failure() != null)
                    .forEach(result ->
                            wrong.putIfAbsent(field(result, changed), PageProblems.describe(result.failure())));
            answer.put("fields", wrong);
            throw new ApiException(422, "the connection does not work; nothing was changed", answer);
        }
        return answer;
    }

    private static Map<String, Object> json(CheckReport.Result result) {
        Map<String, Object> json = ConnectionCheck.json(result);
        if (result.failure() != null) {
            json.put("detail", PageProblems.describe(result.failure()));
        }
        json.replaceAll((name, value) -> value instanceof String text ? PageWords.of(text) : value);
        return json;
    }

    private static String field(CheckReport.Result result, Map<String, String> changed) {
        if (result.check() == Check.CLARIFAI) {
            return "pat";
        }
        if (result.check() != Check.WORKSPACE) {
            return "warehouseId";
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("authType", changed.get(AUTH_TYPE));
        fields.put("clientId", changed.get("databricks.client-id"));
        return Failure.cause(result.failure()) instanceof DatabricksException e ? field(e, fields) : "host";
    }
}
