package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.model.InputColumns.CONCEPTS;
import static com.clarifai.databricks.model.InputColumns.INPUT_ID;
import static com.clarifai.databricks.model.InputColumns.OUTCOME;
import static com.clarifai.databricks.model.InputColumns.SOURCE_MODIFIED_AT;
import static com.clarifai.databricks.model.InputColumns.SOURCE_SIZE;
import static com.clarifai.databricks.model.InputColumns.SOURCE_URI;
import static com.clarifai.databricks.model.InputColumns.STATUS;
import static com.clarifai.databricks.model.InputColumns.STATUS_MESSAGE;

import com.clarifai.databricks.databricks.HousekeepingFiles;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.model.ImageLimits;
import com.clarifai.databricks.model.InputIds;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.camel.util.AntPathMatcher;

/**
 * Turns the image files of a volume into rows of an inputs table; other files are left out, and so are those that systems
 * make for themselves. A folder that could not be listed is a rejected row.
 */
public final class ImageFileRows {

    /** Not a column: the id to take instead of {@code input_id} when other files have the same name. */
    public static final String UNIQUE_ID = "unique_id";

    /** Formats that Clarifai takes, <a href="https://docs.clarifai.com/api-guide/data/supported-formats">as documented</a>. */
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "tiff", "tif", "webp", "bmp", "gif");

    /**
     * @param filter an Ant pattern, matched with the file's path in the volume, or with its name when it has no slash
     * @param labelFromFolder whether the name of the folder that holds the file becomes its concept
     * @param path the folder of the volume that is read; hidden files in it are left out, not what it is itself called
     * @param leftOut is given why and which file, of those that nobody has asked to leave out
     */
    public static List<Map<String, Object>> of(
            List<VolumeFile> files,
            String filter,
            boolean labelFromFolder,
            String path,
            BiConsumer<String, String> leftOut) {
        int root = path == null || path.isBlank() ? 0 : path.length();
        return of(files, filter, labelFromFolder, ImageFileRows::inVolume, root, leftOut);
    }

    /**
     * The same for files that are elsewhere, all of which are in a folder.
     *
     * @param folder what their paths begin with, with a slash at its end; a filter sees what comes behind it
     */
    public static List<Map<String, Object>> below(
            String folder,
            List<VolumeFile> files,
            String filter,
            boolean labelFromFolder,
            BiConsumer<String, String> leftOut) {
        UnaryOperator<String> behind = path -> path.substring(folder.length());
        return of(files, filter, labelFromFolder, behind, 0, leftOut);
    }

    private static List<Map<String, Object>> of(
            List<VolumeFile> files,
            String filter,
            boolean labelFromFolder,
            UnaryOperator<String> relativePath,
            int root,
            BiConsumer<String, String> leftOut) {
        List<Map<String, Object>> rows = new ArrayList<>(files.size());
        for (VolumeFile file : files) {
            String relative = relativePath.apply(file.path());
            boolean hidden = HousekeepingFiles.ofSystems(relative.substring(Math.min(root, relative.length())));
            boolean picture = file.directory() || isImage(file.name());
            if (hidden || !picture) {
                leftOut.accept(
                        hidden
                                ? "hidden, or made by systems for themselves"
                                : "no picture of a format that Clarifai takes, by the ends of their names",
                        file.path());
            } else if (file.directory() || matches(filter, file, relative)) {
                String labelled = file.path().startsWith("/Volumes/") ? relative : file.path();
                rows.add(row(file, labelFromFolder ? labelled : ""));
            }
        }
        return rows;
    }

    /**
     * The same for a route that has no tracking table to settle ids with: each row has the id that no other file of any
     * volume has, and no status unless it is rejected, so that the steps of the {@code clarifai:} component deal with it.
     *
     * @param files those of a message of {@code databricks:files}
     */
    public List<Map<String, Object>> untracked(List<VolumeFile> files, boolean labelFromFolder) {
        List<Map<String, Object>> rows = of(files, null, labelFromFolder, null, (why, file) -> {});
        rows.forEach(ImageFileRows::withoutTracking);
        return rows;
    }

    private static void withoutTracking(Map<String, Object> row) {
        row.put(INPUT_ID, row.remove(UNIQUE_ID));
        if (InputStatus.REJECTED.name().equals(row.get(STATUS))) {
            row.put(OUTCOME, Outcome.REJECTED.name());
        } else {
            row.remove(STATUS);
            row.remove(STATUS_MESSAGE);
        }
    }

    /** @param relative a path, whose last folder becomes the concept */
    private static Map<String, Object> row(VolumeFile file, String relative) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(INPUT_ID, InputIds.idOf(file.name(), file.path()));
        row.put(UNIQUE_ID, InputIds.uniqueId(file.name(), file.path()));
        row.put(SOURCE_URI, file.path());
        row.put(SOURCE_SIZE, file.size());
        row.put(SOURCE_MODIFIED_AT, file.modifiedAt());
        String[] folders = relative.split("/");
        if (folders.length > 1) {
            // macOS has names decomposed: folders that look the same are the same concept
            String label = Normalizer.normalize(folders[folders.length - 2], Normalizer.Form.NFC);
            row.put(CONCEPTS, List.of(Map.of("id", label, "name", label, "value", 1f)));
        }
        String reason = refusal(file);
        row.put(STATUS, (reason == null ? InputStatus.PENDING : InputStatus.REJECTED).name());
        row.put(STATUS_MESSAGE, reason);
        return row;
    }

    private static String refusal(VolumeFile file) {
        if (file.directory()) {
            return "the folder cannot be listed: it may not be read, or its name holds control characters";
        }
        if (file.size() == 0) {
            return "the file is empty";
        }
        if (file.size() >= ImageLimits.MAX_BYTES) {
            return String.format(
                    Locale.ROOT, "the file has %.1f MB; Clarifai takes images of less than 20 MB", file.size() / 1e6);
        }
        return null;
    }

    /** Whether a file is taken for an image by its name. */
    public static boolean isImage(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean matches(String filter, VolumeFile file, String relative) {
        if (filter == null || filter.isBlank()) {
            return true;
        }
        String subject = filter.contains("/") ? relative : file.name();
        return AntPathMatcher.INSTANCE.match(filter, subject);
    }

    /** The path below the volume: {@code /Volumes/catalog/schema/volume/} cut off. */
    private static String inVolume(String path) {
        String[] parts = path.split("/", 6);
        return parts[5];
    }
}
