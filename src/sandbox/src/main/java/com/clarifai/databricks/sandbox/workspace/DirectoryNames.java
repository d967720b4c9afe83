package com.clarifai.databricks.sandbox.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sorted names in a directory. Reading a large one once a page would cost more than the page, so the last few are
 * remembered until their directory changes.
 */
final class DirectoryNames {

    private static final int REMEMBERED = 4;
    /** Changes within a tick of the file system's clock leave the modification time alone. */
    private static final Duration CLOCK_TICK = Duration.ofSeconds(1);

    private record Listing(FileTime modified, List<String> names) {}

    private final Map<Path, Listing> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Listing> eldest) {
            return size() > REMEMBERED;
        }
    };

    List<String> of(Path directory) throws IOException {
        FileTime modified = Files.getLastModifiedTime(directory);
        synchronized (recent) {
            Listing listing = recent.get(directory);
            if (listing != null && listing.modified().equals(modified)) {
                return listing.names();
            }
        }
        boolean settled = modified.toInstant().isBefore(Instant.now().minus(CLOCK_TICK));
        List<String> names = read(directory);
        if (settled) {
            synchronized (recent) {
                recent.put(directory, new Listing(modified, names));
            }
        }
        return names;
    }

    private static List<String> read(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        }
        names.sort(null);
        return names;
    }
}
