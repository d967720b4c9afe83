package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.databricks.VolumeFile;
import com.google.common.collect.AbstractIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The files below a folder of this machine, depth first, read as they are asked for: of each folder on the way only the
 * place in it is kept. As in a volume, a folder that cannot be listed is given as it is. Links to files are followed, those
 * to folders are not, as they may lead in a circle.
 *
 * <p>Each folder is closed behind its last entry. Where a run breaks off, the end of its process closes those on the way.
 */
final class LocalWalk extends AbstractIterator<VolumeFile> {

    private record Level(DirectoryStream<Path> stream, Iterator<Path> entries) {}

    private final Deque<Level> levels = new ArrayDeque<>();

    /** @throws UncheckedIOException when the folder itself cannot be listed */
    LocalWalk(Path root) {
        try {
            enter(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void enter(Path folder) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
        levels.push(new Level(stream, stream.iterator()));
    }

    @Override
    protected VolumeFile computeNext() {
        try {
            while (!levels.isEmpty()) {
                if (!levels.peek().entries().hasNext()) {
                    levels.pop().stream().close();
                    continue;
                }
                VolumeFile file = file(levels.peek().entries().next());
                if (file != null) {
                    return file;
                }
            }
            return endOfData();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        }
    }

    /** Null for a folder, which is entered, and for what is neither. */
    private VolumeFile file(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try {
                enter(path);
                return null;
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException e) {
                return new VolumeFile(LocalPath.uri(path), path.getFileName().toString(), 0, null, true);
            }
        }
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            // as exactly as tables keep it
            Instant modified = file.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MILLIS);
            return file.isRegularFile()
                    ? new VolumeFile(LocalPath.uri(path), path.getFileName().toString(), file.size(), modified, false)
                    : null;
        } catch (NoSuchFileException e) {
            // a link that leads nowhere, or a file that is gone by now
            return null;
        }
    }
}
