package com.clarifai.databricks.settings;

import com.clarifai.databricks.databricks.PrivateFiles;
import com.clarifai.databricks.databricks.Profiles;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * A connection that somebody wanted to be kept: settings in a file that its owner alone may read, and, when that is
 * wanted, what is Databricks' in a profile of {@code .databrickscfg}. Its settings stand above those of {@code
 * config/application.properties} and below all others.
 */
public final class KeptConnection {

    /** The setting that names the file. */
    public static final String FILE = "connection.file";

    private static final String DATABRICKS = "databricks.";
    private static final String PROFILE = DATABRICKS + "config-profile";
    /** What a profile has no key for. */
    private static final Set<String> NOT_IN_PROFILES = Set.of(DATABRICKS + "token-cache-file");

    private final Path file;
    private final Path profiles;

    private KeptConnection(Path file, Path profiles) {
        this.file = file;
        this.profiles = profiles;
    }

    static KeptConnection of(String file, String profiles) {
        return new KeptConnection(
                path(file, ".databricks-connect", "connection.properties"), path(profiles, ".databrickscfg"));
    }

    /** Where these settings have it. */
    public static KeptConnection of(Settings settings) {
        return of(settings.get(FILE), settings.get("databricks.config-file"));
    }

    private static Path path(String given, String... usual) {
        Path home = Path.of(System.getProperty("user.home"));
        return given == null || given.isBlank()
                ? home.resolve(Path.of("", usual))
                : given.startsWith("~/") ? home.resolve(given.substring(2)) : Path.of(given.strip());
    }

    public Path file() {
        return file;
    }

    /** Nothing where no connection has been kept. */
    Map<String, String> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "cannot read the file '" + file + "' (" + FILE + "): "
                            + e.getClass().getSimpleName(),
                    FILE);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** Keeps all of it in the file, in the place of what was kept before. */
    public void write(Map<String, String> connection) {
        Properties properties = new Properties();
        properties.putAll(connection);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "Kept by databricks-connect");
            PrivateFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(file, FILE, e);
        }
    }

    /**
     * Keeps what is Databricks' in a profile, and the rest, with the name of the profile, in the file.
     *
     * @throws InvalidSettingException when there is such a profile of another workspace
     */
    public void write(Map<String, String> connection, String profile) {
        Map<String, String> rest = new LinkedHashMap<>(connection);
        rest.keySet().removeIf(KeptConnection::isInProfiles);
        rest.put(PROFILE, profile);
        writeProfile(profile, connection);
        write(rest);
    }

    private static boolean isInProfiles(String setting) {
        return setting.startsWith(DATABRICKS) && !NOT_IN_PROFILES.contains(setting);
    }

    /**
     * Keeps only what is Databricks', in a profile.
     *
     * @throws InvalidSettingException as {@link #write(Map, String)}
     */
    public void writeProfile(String name, Map<String, String> connection) {
        Map<String, String> keys = new LinkedHashMap<>();
        connection.forEach((setting, value) -> {
            if (isInProfiles(setting)) {
                keys.put(setting.substring(DATABRICKS.length()).replace('-', '_'), value);
            }
        });
        if (!name.matches("[^\\[\\]\\s][^\\[\\]\\r\\n]*")) {
            throw new InvalidSettingException("'" + name + "' cannot be the name of a profile", PROFILE);
        }
        try {
            Map<String, Map<String, String>> known = Files.exists(profiles) ? Profiles.read(profiles) : Map.of();
            String theirs = known.getOrDefault(name, Map.of()).get("host");
            if (theirs != null && !WorkspaceAddress.parse(theirs).mayBe(WorkspaceAddress.parse(keys.get("host")))) {
                throw new InvalidSettingException(
                        "the profile '" + name + "' is of " + theirs + ": choose another name", PROFILE);
            }
            List<String> lines =
                    Files.exists(profiles) ? Files.readAllLines(profiles, StandardCharsets.UTF_8) : List.of();
            PrivateFiles.write(profiles, Profiles.replaced(lines, name, keys).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(profiles, "databricks.config-file", e);
        }
    }

    private static InvalidSettingException unwritable(Path file, String setting, IOException e) {
        return new InvalidSettingException(
                "cannot write the file '" + file + "' (" + setting + "): "
                        + Objects.requireNonNullElse(
                                e.getMessage(), e.getClass().getSimpleName()),
                setting);
    }
}
