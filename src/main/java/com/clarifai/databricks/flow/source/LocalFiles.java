package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.io.BytePool;
import com.clarifai.databricks.io.PooledBytes;
import com.clarifai.databricks.model.ImageLimits;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Rejection;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Files and folders of this machine, for whoever has started the run at its keyboard. A run that the page or a schedule has
 * started is refused them: the machine may hold what those who use the page must not see. The routes call it by name.
 */
public final class LocalFiles {

    /** For good: files of this machine are imported by a command that ends. */
    private final BytePool pool = new BytePool();

    /**
     * The CSV files that a source means.
     *
     * @param source as {@link LocalPath#uri(String)} makes it
     * @throws UnreadableSourceException when there is none
     */
    static PeekingIterator<CsvFile> csv(Run run, String source) {
        requireKeyboard(run);
        if (!source.endsWith("/") && Files.isRegularFile(LocalPath.of(source))) {
            return CsvFiles.single(
                    new CsvFile(source, null, LocalPath.text(source), size(LocalPath.of(source)), false));
        }
        CsvFolder folder = new CsvFolder(source, run);
        Iterator<CsvFile> found = Iterators.transform(
                Iterators.filter(walk(new VolumeSource(source).fixed()), folder::takes),
                file -> new CsvFile(file.path(), null, LocalPath.text(file.path()), file.size(), true));
        return CsvFiles.some(found, run, source);
    }

    /**
     * A file's bytes, to be closed by whoever reads them.
     *
     * @throws UnreadableSourceException when it cannot be read
     */
    public InputStream open(@Variable(Run.VARIABLE) Run run, @Variable("file") CsvFile file) {
        requireKeyboard(run);
        try {
            return Files.newInputStream(LocalPath.of(file.uri()));
        } catch (IOException e) {
            throw new UnreadableSourceException(reason(file.uri(), e));
        }
    }

    /**
     * All files below a folder.
     *
     * @throws UnreadableSourceException when it cannot be listed
     */
    public Iterator<VolumeFile> list(@Variable(Run.VARIABLE) Run run, @Header("folder") String folder) {
        requireKeyboard(run);
        return walk(folder);
    }

    private static Iterator<VolumeFile> walk(String folder) {
        try {
            return new LocalWalk(LocalPath.of(folder));
        } catch (UncheckedIOException e) {
            throw new UnreadableSourceException(reason(folder, e.getCause()));
        }
    }

    /** Fills rows that have no status yet with the bytes of their files; a file that cannot be used is a rejected row. */
    public void read(@Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> rows) {
        requireKeyboard(run);
        rows.stream().filter(row -> row.get(InputColumns.STATUS) == null).forEach(this::read);
    }

    private void read(Map<String, Object> row) {
        String uri = String.valueOf(row.get(InputColumns.SOURCE_URI));
        try (InputStream file = Files.newInputStream(LocalPath.of(uri))) {
            PooledBytes bytes = pool.read(file, ImageLimits.MAX_BYTES);
            if (bytes.size() == 0 || bytes.size() == ImageLimits.MAX_BYTES) {
                Rejection.mark(
                        row,
                        uri + (bytes.size() == 0 ? " is empty" : " has 20 MB or more, which Clarifai does not take"));
            } else {
                row.put(InputColumns.IMAGE_BYTES, bytes);
            }
        } catch (IOException e) {
            Rejection.mark(row, reason(uri, e));
            row.put(InputColumns.UNREAD, true);
        }
    }

    private static String reason(String uri, IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return uri + " is not there";
        }
        return problem instanceof AccessDeniedException
                ? uri + " may not be read by this user"
                : uri + " cannot be read: " + Objects.requireNonNullElse(problem.getMessage(), problem.toString());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UnreadableSourceException(reason(LocalPath.uri(file), e));
        }
    }

    private static void requireKeyboard(Run run) {
        if (run == null || !run.mayReadLocalFiles()) {
            throw new UnreadableSourceException("files of this machine are imported on its command line only");
        }
    }
}
