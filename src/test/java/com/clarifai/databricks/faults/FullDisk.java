package com.clarifai.databricks.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own on which there is no room left. Only root may mount one: others skip what needs it. */
final class FullDisk implements AutoCloseable {

    private final Path folder;

    private FullDisk(Path folder) {
        this.folder = folder;
    }

    static FullDisk mount() {
        try {
            Path folder = Files.createTempDirectory("full-disk");
            boolean mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString());
            Assumptions.assumeTrue(mounted, "this user may not mount a file system, which a full one needs");
            FullDisk disk = new FullDisk(folder);
            disk.fill();
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                filler.write(new byte[1024]);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    Path folder() {
        return folder;
    }

    private static boolean succeeds(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (!succeeds("umount", folder.toString())) {
                throw new IllegalStateException(folder + " cannot be unmounted");
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
