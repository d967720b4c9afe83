package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A unified diff that only adds lines, applied as {@code patch -p1} does, but without any tolerance: the lines around an
 * addition must be in the file exactly once.
 */
final class Patch {

    private final List<String> lines;

    private Patch(List<String> lines) {
        this.lines = lines;
    }

    static Patch read(Path file) throws IOException {
        return new Patch(Files.readAllLines(file));
    }

    /** @param home what the paths of the patch, without their first part, are relative to */
    void apply(Path home) throws IOException {
        Path file = null;
        for (int i = 0; i < lines.size(); ) {
            String line = lines.get(i++);
            if (line.startsWith("+++ b/")) {
                file = home.resolve(line.substring("+++ b/".length()));
            } else if (line.startsWith("@@")) {
                StringBuilder before = new StringBuilder();
                StringBuilder after = new StringBuilder();
                for (; i < lines.size() && !lines.get(i).matches("(?s)(@@|---).*"); i++) {
                    char kind = lines.get(i).charAt(0);
                    String text = lines.get(i).substring(1) + '\n';
                    assertThat(kind).isIn(' ', '+');
                    after.append(text);
                    if (kind == ' ') {
                        before.append(text);
                    }
                }
                replace(file, before.toString(), after.toString());
            }
        }
    }

    private static void replace(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).as(file.toString()).containsOnlyOnce(before);
        Files.writeString(file, text.replace(before, after));
    }
}
