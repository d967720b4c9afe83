package com.clarifai.databricks.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of one invocation: command line options win over the file given with {@code --config}, that over
 * environment variables ({@code databricks.host} is {@code DATABRICKS_HOST}), those over a {@link KeptConnection}, that over
 * {@code config/application.properties}; what is empty is not set. For the connection to Databricks there are profiles
 * as well, see {@link ConnectionSettings}.
 */
public final class Settings {

    /** The folder that holds {@code config/} and {@code routes/}. */
    static final String HOME_PROPERTY = "databricks.connect.home";

    private static final String ROUTES_DIRECTORY = "routes.directory";

    private final Properties values;
    private final List<String> warnings;

    private Settings(Properties values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    /**
     * @param entered settings that win over all others
     * @param options settings from the command line
     * @param configFile file given with {@code --config}, or null
     * @throws InvalidSettingException when a file cannot be read
     */
    public static Settings load(
            Path home,
            Map<String, String> entered,
            Map<String, String> options,
            Path configFile,
            Map<String, String> environment) {
        Map<String, String> defaults =
                read(home.resolve("config").resolve("application.properties"), "application settings");
        Map<String, String> fromEnvironment = new HashMap<>();
        for (String name : defaults.keySet()) {
            String value = environment.get(environmentName(name));
            if (value != null) {
                fromEnvironment.put(name, value);
            }
        }
        Map<String, String> fromConfig = configFile == null ? Map.of() : read(configFile, "--config");
        List<Map<String, String>> places = new ArrayList<>(List.of(entered, options, fromConfig, fromEnvironment));
        KeptConnection kept = KeptConnection.of(
                first(places, KeptConnection.FILE, defaults), first(places, "databricks.config-file", defaults));
        places.add(kept.read());
        places.add(defaults);

        Properties values = new Properties();
        values.setProperty(
                ROUTES_DIRECTORY, home.resolve("routes").toAbsolutePath().toString());
        for (int i = places.size() - 1; i >= 0; i--) {
            places.get(i).forEach((name, value) -> {
                if (!value.isBlank() || !values.containsKey(name)) {
                    values.setProperty(name, value);
                }
            });
        }
        values.putAll(ConnectionSettings.settle(places, environment));
        return new Settings(
                values,
                configFile == null
                        ? List.of()
                        : UnknownSettings.problems(
                                configFile, fromConfig.keySet(), defaults.keySet(), home.resolve("routes")));
    }

    private static String first(List<Map<String, String>> places, String name, Map<String, String> defaults) {
        return places.stream()
                .map(place -> place.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElseGet(() -> defaults.getOrDefault(name, ""));
    }

    public static Path home() {
        return Path.of(System.getProperty(HOME_PROPERTY, "."));
    }

    public static String environmentName(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Map<String, String> read(Path file, String purpose) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingException("cannot read the file '" + file + "' (" + purpose + "): " + reason(e));
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static String reason(Exception problem) {
        if (problem instanceof NoSuchFileException) {
            return "it is not there";
        }
        return problem instanceof AccessDeniedException
                ? "this user may not read it"
                : problem.getClass().getSimpleName();
    }

    /** @throws InvalidSettingException saying how to set it, when it is not set */
    void require(String name, String option, String whereToFindIt) {
        if (!isSet(name)) {
            throw new InvalidSettingException(
                    name + " is not set: give " + option + ", " + environmentName(name) + " in the environment, or "
                            + name + " in a configuration file (" + whereToFindIt + ")",
                    name);
        }
    }

    /** What is probably not meant, a line each. */
    public List<String> warnings() {
        return warnings;
    }

    public boolean isSet(String name) {
        return !values.getProperty(name, "").isBlank();
    }

    public String get(String name) {
        return values.getProperty(name, "");
    }

    public void set(String name, String value) {
        values.setProperty(name, value);
    }

    public void unset(String name) {
        values.remove(name);
    }

    public Properties toProperties() {
        Properties copy = new Properties();
        copy.putAll(values);
        return copy;
    }
}
