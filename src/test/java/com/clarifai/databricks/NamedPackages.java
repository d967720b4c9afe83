package com.clarifai.databricks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which packages of this project a source names, in code or in comments; below {@code com.clarifai.databricks}. */
final class NamedPackages {

    static final Path SOURCES = Path.of("src/main/java/com/clarifai/databricks");

    private static final Pattern CLASS = Pattern.compile("com\\.clarifai\\.databricks\\.((?:[a-z][a-z0-9]*\\.)*)[A-Z]");

    private NamedPackages() {}

    static Set<String> in(String source) {
        Set<String> named = new TreeSet<>();
        Matcher matcher = CLASS.matcher(source);
        while (matcher.find()) {
            named.add(matcher.group(1).replaceAll("\\.$", ""));
        }
        return named;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
