package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.job.FileSources;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or folder of this machine, however it was written: {@code rows.csv}, {@code ./2026/*.csv}, {@code /home/jane/rows.csv},
 * {@code C:\rows.csv}, {@code file:///home/jane/rows.csv}. In the routes, and in the tables, it is the last of these.
 */
public final class LocalPath {

    static final String PREFIX = FileSources.OF_A_MACHINE;

    /** With one letter it is a drive of Windows. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?is)(?:(?!file:)[a-z][a-z0-9+.-]+:|/Volumes)/.*|dbfs:.*");

    private static final Pattern SCHEME = Pattern.compile("(?i)^file:(?://(?=/)|//localhost(?=/))?");
    private static final Pattern DRIVE = Pattern.compile("^/(?=[A-Za-z]:)");
    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    private LocalPath() {}

    /** Whether it is of this machine, and not in a volume or at the address of a store. */
    public static boolean isLocal(String source) {
        return !ELSEWHERE.matcher(source).matches();
    }

    /**
     * The whole path of what is there, as a URI; that of a folder ends in a slash.
     *
     * @param source relative to the folder that the command was started in; may have wildcards
     * @throws IllegalArgumentException when nothing is there that can be read
     */
    public static String uri(String source) {
        String text = DRIVE.matcher(SCHEME.matcher(source).replaceFirst("")).replaceFirst("");
        Path path = existing(text);
        if (path != null) {
            return uri(path) + (Files.isDirectory(path) ? "/" : "");
        }
        Matcher wildcard = WILDCARD.matcher(text);
        if (!wildcard.find()) {
            throw new IllegalArgumentException("there is no file or folder '" + text + "' on this machine"
                    + (isWhole(text) ? "" : ", in " + Path.of("").toAbsolutePath()));
        }
        int fixed = text.substring(0, wildcard.start()).replace('\\', '/').lastIndexOf('/') + 1;
        Path folder = existing(fixed == 0 ? "." : text.substring(0, fixed));
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder '" + text.substring(0, fixed) + "' on this machine");
        }
        return uri(folder).replaceFirst("/?$", "/") + text.substring(fixed);
    }

    /** What whoever asks for it is told where it must not be read: on a page, or by a schedule. */
    public static IllegalArgumentException refusal(String source) {
        return new IllegalArgumentException(
                "'" + source + "' is a file of this machine, it seems: files and folders of it are"
                        + " imported from its command line only. To copy it to where it can be read:"
                        + " databricks fs cp -r PATH dbfs:/Volumes/catalog/schema/volume/");
    }

    private static boolean isWhole(String text) {
        return text.startsWith("/") || text.matches("(?s)[A-Za-z]:.*");
    }

    private static Path existing(String text) {
        try {
            Path path = Path.of(text).toAbsolutePath().normalize();
            if (text.isBlank() || !Files.exists(path)) {
                return null;
            }
            if (!Files.isReadable(path)) {
                throw new IllegalArgumentException("'" + path + "' may not be read by this user");
            }
            if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
                throw new IllegalArgumentException(
                        "'" + path + "' is neither a file nor a folder: it is read twice, so save it as a file first");
            }
            return path;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    static String uri(Path path) {
        String text = path.toAbsolutePath().normalize().toString().replace('\\', '/');
        return PREFIX + (text.startsWith("/") ? text : "/" + text);
    }

    /** @param uri as {@link #uri(String)} has made it */
    static Path of(String uri) {
        return Path.of(text(uri));
    }

    /** The whole path in it, which may have wildcards. */
    static String text(String uri) {
        return DRIVE.matcher(uri.substring(PREFIX.length())).replaceFirst("");
    }
}
