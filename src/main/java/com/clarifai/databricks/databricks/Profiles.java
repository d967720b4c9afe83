package com.clarifai.databricks.databricks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The profiles of a {@code .databrickscfg} file, as the Databricks CLI writes it: sections in brackets, one
 * {@code key = value} a line, comments behind {@code #} or {@code ;} at the start of a line.
 */
public final class Profiles {

    public static final String DEFAULT = "DEFAULT";

    private Profiles() {}

    /** Profile name to its keys (in lower case) and values, in the order of the file. */
    public static Map<String, Map<String, String>> read(Path file) throws IOException {
        Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
        Map<String, String> profile = null;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip();
                int equals = text.indexOf('=');
                if (text.startsWith("[") && text.endsWith("]")) {
                    String name = text.substring(1, text.length() - 1).strip();
                    profile = profiles.computeIfAbsent(name, created -> new LinkedHashMap<>());
                } else if (profile != null && equals > 0 && !text.startsWith("#") && !text.startsWith(";")) {
                    String key = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                    profile.put(key, text.substring(equals + 1).strip());
                }
            }
        }
        return profiles;
    }
}
