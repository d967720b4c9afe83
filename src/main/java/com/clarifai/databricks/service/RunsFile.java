package com.clarifai.databricks.service;

import com.clarifai.databricks.console.KeptRuns;
import com.clarifai.databricks.databricks.PrivateFiles;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that has the latest runs of the page: {@code {"runs": [...]}}, each as the API gives it, with its parameters. */
public final class RunsFile implements KeptRuns {

    private static final Logger LOG = LoggerFactory.getLogger(RunsFile.class);
    private static final String SETTING = "console.runs-file";

    private final Path file;
    private final List<Map<String, Object>> found;

    private RunsFile(Path file, List<Map<String, Object>> found) {
        this.file = file;
        this.found = found;
    }

    /** @throws InvalidSettingException when there is such a file that cannot be read */
    @SuppressWarnings("unchecked")
    public static RunsFile of(Settings settings) {
        String name = settings.get(SETTING).strip();
        Path file = name.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".databricks-connect", "runs.json")
                : Path.of(name);
        try {
            return new RunsFile(
                    file,
                    Files.exists(file)
                            ? (List<Map<String, Object>>)
                                    JsonText.object(Files.readString(file)).get("runs")
                            : List.of());
        } catch (IOException | RuntimeException e) {
            throw new InvalidSettingException(
                    "cannot read the runs in '" + file + "' (" + SETTING + "): "
                            + e.getClass().getSimpleName(),
                    SETTING);
        }
    }

    @Override
    public List<Map<String, Object>> all() {
        return found;
    }

    /** A run does not fail because this cannot be written. */
    @Override
    public synchronized void keep(List<Map<String, Object>> runs) {
        try {
            PrivateFiles.write(file, JsonText.of(Map.of("runs", runs)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("The latest runs cannot be kept in {} ({}): {}", file, SETTING, e.toString());
        }
    }
}
