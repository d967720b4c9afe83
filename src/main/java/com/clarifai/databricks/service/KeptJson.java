package com.clarifai.databricks.service;

import com.clarifai.databricks.databricks.PrivateFiles;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file with a JSON object that outlives the service, and that only its owner can read.
 *
 * @param what is in it, for messages
 * @param setting that names it
 */
record KeptJson(Path file, String what, String setting) {

    /** Where the setting has it, else in the folder of this program in the user's home, under this name. */
    static KeptJson of(Settings settings, String setting, String what, String name) {
        String given = settings.get(setting).strip();
        Path file = given.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".databricks-connect", name)
                : Path.of(given);
        return new KeptJson(file, what, setting);
    }

    /**
     * Empty where there is no such file.
     *
     * @throws InvalidSettingException when there is one that cannot be read
     */
    Map<String, Object> read() {
        try {
            return Files.exists(file) ? JsonText.object(Files.readString(file)) : Map.of();
        } catch (IOException | IllegalArgumentException e) {
            throw problem("read", "in", e);
        }
    }

    void write(Map<String, Object> content) throws IOException {
        PrivateFiles.write(file, JsonText.of(content).getBytes(StandardCharsets.UTF_8));
    }

    /** @param preposition that goes with the verb */
    InvalidSettingException problem(String verb, String preposition, Exception cause) {
        return new InvalidSettingException(
                "cannot " + verb + " the " + what + " " + preposition + " '" + file + "' (" + setting + "): "
                        + cause.getClass().getSimpleName(),
                setting);
    }
}
