package com.clarifai.databricks.settings;

import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.databricks.Profiles;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Settles, of all places where a connection may be set, what counts.
 *
 * <p>A profile of {@code .databrickscfg} stands right below the place that names it; the profile DEFAULT, where none is
 * named, below all others. What belongs together is taken from one place: the first that sets any credentials decides
 * which kind they are, and the first that chooses compute chooses it. A profile's token never goes to another workspace.
 */
final class ConnectionSettings {

    private static final String PREFIX = "databricks.";
    private static final String HOST = PREFIX + "host";
    private static final String WORKSPACE_ID = PREFIX + "workspace-id";
    private static final String HTTP_PATH = PREFIX + "http-path";
    private static final String PROFILE = PREFIX + "config-profile";
    private static final String PROFILES_FILE = PREFIX + "config-file";
    private static final String AUTH_TYPE = PREFIX + "auth-type";
    private static final String TOKEN = PREFIX + "token";
    private static final String CLIENT_ID = PREFIX + "client-id";
    private static final String CLIENT_SECRET = PREFIX + "client-secret";
    private static final String AZURE_TENANT_ID = PREFIX + "azure-tenant-id";
    private static final String AZURE_LOGIN_URL = PREFIX + "azure-login-url";

    private static final Set<String> CREDENTIAL_KINDS = Set.of(AUTH_TYPE, TOKEN, CLIENT_ID);
    /** The first one that a place sets is meant. */
    private static final List<String> COMPUTE =
            List.of(HTTP_PATH, PREFIX + "warehouse-id", PREFIX + "warehouse-name", PREFIX + "cluster-id");

    private static final String WORKSPACE_ID_KEY = "workspace_id";
    /** The Databricks CLI writes it into profiles of an account. */
    private static final String NO_WORKSPACE = "none";

    /** Names in a profile that differ from the setting's by more than a hyphen. */
    private static final Map<String, String> AZURE_KEYS =
            Map.of("azure_client_id", CLIENT_ID, "azure_client_secret", CLIENT_SECRET);

    private static final Map<String, String> AZURE_ENVIRONMENT =
            Map.of("ARM_CLIENT_ID", CLIENT_ID, "ARM_CLIENT_SECRET", CLIENT_SECRET, "ARM_TENANT_ID", AZURE_TENANT_ID);

    private final List<Map<String, String>> places;

    private ConnectionSettings(List<Map<String, String>> places) {
        this.places = places;
    }

    /**
     * @param places settings by name, the place that wins first
     * @param environment for what Azure's tools read from it, which counts when nothing else is set
     * @return what is to be used in the place of these settings; those that do not count are empty
     * @throws InvalidSettingException when a profile, or the kind of the credentials, cannot be told
     */
    static Map<String, String> settle(List<Map<String, String>> places, Map<String, String> environment) {
        ConnectionSettings all = new ConnectionSettings(new ArrayList<>(places));
        all.addProfile();
        all.addAzureEnvironment(environment);
        Map<String, String> settled = new HashMap<>();
        all.settleCredentials(settled);
        all.settleCompute(settled);
        all.settleAddress(settled);
        return settled;
    }

    private static boolean isSet(Map<String, String> place, String name) {
        return !place.getOrDefault(name, "").isBlank();
    }

    private String get(String name) {
        return places.stream()
                .filter(place -> isSet(place, name))
                .findFirst()
                .map(place -> place.get(name).strip())
                .orElse("");
    }

    private void addProfile() {
        int naming = 0;
        while (naming < places.size() && !isSet(places.get(naming), PROFILE)) {
            naming++;
        }
        boolean named = naming < places.size();
        String name = named ? get(PROFILE) : Profiles.DEFAULT;
        Map<String, String> profile = settings(profile(name, named));
        int below = named ? naming + 1 : places.size();
        ConnectionSettings above = new ConnectionSettings(places.subList(0, below));
        if (above.isOfAnotherWorkspaceThan(profile)) {
            if (named || above.get(HOST).isEmpty()) {
                throw new InvalidSettingException(
                        (above.get(HOST).isEmpty()
                                        ? "databricks.workspace-id is " + above.workspaceId()
                                        : "databricks.host is " + above.address())
                                + ", but the profile '" + name + "' is of " + address(profile)
                                + ": leave out one of them (--host or DATABRICKS_HOST, --workspace-id or"
                                + " DATABRICKS_WORKSPACE_ID, --profile or DATABRICKS_CONFIG_PROFILE)",
                        HOST,
                        WORKSPACE_ID,
                        PROFILE);
            }
            return;
        }
        places.add(below, profile);
    }

    /** A profile's token never goes to another workspace, not even to one of the same host. */
    private boolean isOfAnotherWorkspaceThan(Map<String, String> profile) {
        if (!isSet(profile, HOST)) {
            return false;
        }
        WorkspaceAddress its = address(profile);
        return get(HOST).isEmpty()
                ? !workspaceId().isEmpty()
                        && its.workspaceId() != null
                        && !workspaceId().equals(its.workspaceId())
                : !address().mayBe(its);
    }

    /** Of the first place that names a host, with the id of the first that names one, if that is not of another host. */
    private WorkspaceAddress address() {
        WorkspaceAddress host = places.stream()
                .filter(place -> isSet(place, HOST))
                .findFirst()
                .map(ConnectionSettings::address)
                .orElseThrow();
        return new WorkspaceAddress(host.host(), emptyToNull(workspaceId()));
    }

    private String workspaceId() {
        Optional<URI> host = places.stream()
                .filter(place -> isSet(place, HOST))
                .findFirst()
                .map(place -> address(place).host());
        return places.stream()
                .map(place -> workspaceId(place, host))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String workspaceId(Map<String, String> place, Optional<URI> host) {
        if (!isSet(place, HOST)) {
            return place.getOrDefault(WORKSPACE_ID, "").strip();
        }
        WorkspaceAddress address = address(place);
        boolean another = host.filter(address.host()::equals).isEmpty();
        return another ? "" : Objects.requireNonNullElse(address.workspaceId(), "");
    }

    private static WorkspaceAddress address(Map<String, String> place) {
        WorkspaceAddress host;
        try {
            host = WorkspaceAddress.parse(place.get(HOST));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("databricks.host: " + e.getMessage(), HOST);
        }
        try {
            return host.withId(place.get(WORKSPACE_ID));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(e.getMessage(), HOST, WORKSPACE_ID);
        }
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** @param named whether somebody asked for it, so that it must be there */
    private Map<String, String> profile(String name, boolean named) {
        String given = get(PROFILES_FILE);
        Path home = Path.of(System.getProperty("user.home"));
        Path file = given.isEmpty()
                ? home.resolve(".databrickscfg")
                : given.startsWith("~/") ? home.resolve(given.substring(2)) : Path.of(given);
        if (!named && given.isEmpty() && !Files.exists(file)) {
            return Map.of();
        }
        Map<String, Map<String, String>> profiles;
        try {
            profiles = Profiles.read(file);
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "cannot read the file '" + file
                            + "' (profiles; databricks.config-file, DATABRICKS_CONFIG_FILE): "
                            + e.getClass().getSimpleName(),
                    PROFILES_FILE);
        }
        if (named && !profiles.containsKey(name)) {
            throw new InvalidSettingException(
                    "there is no profile '" + name + "' in " + file + " (--profile, DATABRICKS_CONFIG_PROFILE): it has "
                            + profiles.keySet(),
                    PROFILE);
        }
        return profiles.getOrDefault(name, Map.of());
    }

    private static Map<String, String> settings(Map<String, String> profile) {
        Map<String, String> settings = new HashMap<>();
        AZURE_KEYS.forEach((key, setting) -> {
            if (profile.containsKey(key)) {
                settings.put(setting, profile.get(key));
            }
        });
        profile.forEach((key, value) -> {
            boolean unset = key.equals(WORKSPACE_ID_KEY) && value.equalsIgnoreCase(NO_WORKSPACE);
            if (!AZURE_KEYS.containsKey(key) && !unset) {
                settings.put(PREFIX + key.replace('_', '-'), value);
            }
        });
        return settings;
    }

    private void addAzureEnvironment(Map<String, String> environment) {
        if (environment.keySet().containsAll(AZURE_ENVIRONMENT.keySet())) {
            Map<String, String> azure = new HashMap<>();
            AZURE_ENVIRONMENT.forEach((variable, setting) -> azure.put(setting, environment.get(variable)));
            places.add(azure);
        }
    }

    /** The id of a workspace stands in its setting alone, wherever it was given. */
    private void settleAddress(Map<String, String> settled) {
        String host = get(HOST);
        boolean named = !host.isEmpty() && WorkspaceAddress.parse(host).workspaceId() != null;
        settled.put(HOST, named ? WorkspaceAddress.parse(host).host().toString() : host);
        String id = workspaceId();
        String inPath = WorkspaceAddress.idIn(settled.get(HTTP_PATH));
        settled.put(WORKSPACE_ID, id.isEmpty() && inPath != null ? inPath : id);
    }

    private void settleCredentials(Map<String, String> settled) {
        String authType = places.stream()
                .filter(place -> CREDENTIAL_KINDS.stream().anyMatch(name -> isSet(place, name)))
                .findFirst()
                .map(this::kind)
                .orElse("");
        boolean token = authType.equals(Credentials.ACCESS_TOKEN);
        boolean azure = authType.equals(Credentials.AZURE_SERVICE_PRINCIPAL);
        boolean client = azure || authType.equals(Credentials.SERVICE_PRINCIPAL);
        settled.put(AUTH_TYPE, authType);
        settled.put(TOKEN, token ? get(TOKEN) : "");
        settled.put(CLIENT_ID, client ? get(CLIENT_ID) : "");
        settled.put(CLIENT_SECRET, client ? get(CLIENT_SECRET) : "");
        settled.put(AZURE_TENANT_ID, azure ? get(AZURE_TENANT_ID) : "");
        settled.put(AZURE_LOGIN_URL, azure ? get(AZURE_LOGIN_URL) : "");
    }

    private String kind(Map<String, String> place) {
        try {
            return Credentials.kind(place.get(AUTH_TYPE), place.get(TOKEN), place.get(CLIENT_ID), get(AZURE_TENANT_ID));
        } catch (IllegalArgumentException e) {
            throw isSet(place, AUTH_TYPE)
                    ? new InvalidSettingException(e.getMessage(), AUTH_TYPE)
                    : new InvalidSettingException(e.getMessage(), TOKEN, CLIENT_ID, AUTH_TYPE);
        }
    }

    private void settleCompute(Map<String, String> settled) {
        COMPUTE.forEach(name -> settled.put(name, ""));
        for (Map<String, String> place : places) {
            for (String name : COMPUTE) {
                if (isSet(place, name)) {
                    settled.put(name, place.get(name).strip());
                    return;
                }
            }
        }
    }
}
