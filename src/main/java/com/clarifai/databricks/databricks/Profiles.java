package com.clarifai.databricks.databricks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    /**
     * The text of a file in which a profile has these keys and no others; all else stays as it is, comments included.
     *
     * @param lines of the file as it is
     */
    public static String replaced(List<String> lines, String name, Map<String, String> keys) {
        List<String> text = new ArrayList<>();
        boolean inside = false;
        boolean written = false;
        for (String line : lines) {
            String stripped = line.strip();
            if (stripped.startsWith("[") && stripped.endsWith("]")) {
                inside = stripped.substring(1, stripped.length() - 1).strip().equals(name);
                if (inside && !written) {
                    add(text, name, keys);
                    written = true;
                }
            }
            boolean comment = stripped.startsWith("#") || stripped.startsWith(";");
            if (!inside || comment || stripped.isEmpty()) {
                text.add(line);
            }
        }
        if (!written) {
            if (!text.isEmpty() && !text.get(text.size() - 1).isBlank()) {
                text.add("");
            }
            add(text, name, keys);
        }
        return String.join("\n", text) + "\n";
    }

    private static void add(List<String> text, String name, Map<String, String> keys) {
        text.add("[" + name + "]");
        keys.forEach((key, value) -> text.add(key + " = " + value));
    }
}
