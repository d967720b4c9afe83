package com.clarifai.databricks.service;

import com.clarifai.databricks.console.ConsoleAccess;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the console is served.
 *
 * @param hosts names that it is reached by, beside the address that it listens on
 */
public record ConsoleSettings(String host, int port, Set<String> hosts, ConsoleAccess access) {

    public static final String PORT = "console.port";

    private static final String USERS_FILE = "console.users-file";
    private static final int MAX_PORT = 65_535;

    /** @throws InvalidSettingException naming the setting that cannot be used */
    public static ConsoleSettings of(Settings settings) {
        return new ConsoleSettings(
                settings.get("console.host"),
                port(settings.get(PORT)),
                Arrays.stream(settings.get("console.hosts").split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                access(settings.get(USERS_FILE)));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // refused below, as other numbers are
        }
        throw new InvalidSettingException(PORT + "=" + text + " (--port) is not a number from 1 to " + MAX_PORT, PORT);
    }

    private static ConsoleAccess access(String usersFile) {
        try {
            return usersFile.isBlank() ? ConsoleAccess.byToken() : ConsoleAccess.byUsers(Path.of(usersFile.strip()));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(USERS_FILE + ": " + e.getMessage(), USERS_FILE);
        }
    }
}
