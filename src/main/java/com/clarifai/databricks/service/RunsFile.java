package com.clarifai.databricks.service;

import com.clarifai.databricks.console.KeptRuns;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that has the latest runs of the page: {@code {"runs": [...]}}, each as the API gives it, with its parameters. */
public final class RunsFile implements KeptRuns {

    private static final Logger LOG = LoggerFactory.getLogger(RunsFile.class);
    private static final String SETTING = "console.runs-file";

    private final KeptJson file;
    private final List<Map<String, Object>> found;

    private RunsFile(KeptJson file, List<Map<String, Object>> found) {
        this.file = file;
        this.found = found;
    }

    /** @throws InvalidSettingException when there is such a file that cannot be read */
    @SuppressWarnings("unchecked")
    public static RunsFile of(Settings settings) {
        KeptJson file = KeptJson.of(settings, SETTING, "runs", "runs.json");
        try {
            return new RunsFile(file, (List<Map<String, Object>>) file.read().getOrDefault("runs", List.of()));
        } catch (ClassCastException e) {
            throw file.problem("read", "in", e);
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
            file.write(Map.of("runs", runs));
        } catch (IOException e) {
            LOG.warn("The latest runs cannot be kept in {} ({}): {}", file.file(), SETTING, e.toString());
        }
    }
}
