package com.clarifai.databricks.databricks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that their owner alone may read, also while they are being written. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Replaces the file in one step: who reads it meanwhile finds it as it was or as it will be. */
    public static void write(Path file, byte[] content) throws IOException {
        // a link to a file elsewhere, such as one under version control, stays one
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        createFolders(target.getParent());
        Path draft =
                Files.createTempFile(target.getParent(), "." + target.getFileName(), null, only("rw-------", target));
        try {
            Files.write(draft, content);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Those that are missing. */
    static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, only("rwx------", folder));
        }
    }

    /** Windows keeps what is in a user's folder from others by itself. */
    private static FileAttribute<?>[] only(String permissions, Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
