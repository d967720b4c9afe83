package com.clarifai.databricks.flow.source;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import java.util.regex.Pattern;
import org.apache.camel.util.AntPathMatcher;

/**
 * Which files of a folder, or of those that match a pattern, are read; what is left out is counted and noted.
 *
 * <p>Of a folder all files at any depth that are called {@code .csv} or {@code .tsv}, in any case, with or without the
 * ending of a compression; of a pattern all that match. In both, what programs make for themselves is left out: names
 * that begin with a dot or an underscore ({@code _SUCCESS}, {@code _committed_…}, {@code .part-….crc}), and all that is
 * in folders with such a name.
 */
final class CsvFolder {

    private static final Pattern CSV = Pattern.compile(
            ".*\\.(csv|tsv|tab|psv)(\\.(gz|gzip|bz2|zst|zstd|deflate|zz|zlib|xz|lz4|snappy|lzo|lzma|br|zip|7z))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final String source;
    private final boolean pattern;
    private final int fixed;
    private final Run run;

    /**
     * @param source key or path of a folder, which ends in a slash, or a pattern
     * @param run null where nothing is imported
     */
    CsvFolder(String source, Run run) {
        this.source = source;
        this.pattern = AntPathMatcher.INSTANCE.isPattern(source);
        this.fixed = fixedLength(source);
        this.run = run;
    }

    /** Up to the first name that is not given whole. */
    private static int fixedLength(String source) {
        String start = source.split("[*?]", 2)[0];
        return start.lastIndexOf('/') + 1;
    }

    boolean takes(VolumeFile file) {
        if (file.directory()) {
            // a walk gives only those that it could not enter
            leaveOut("folders whose names cannot be used", file.path());
            return false;
        }
        return takes(file.path());
    }

    boolean takes(String path) {
        if (pattern && !AntPathMatcher.INSTANCE.match(source, path)) {
            // not meant
            return false;
        }
        String why = whyNot(path.substring(Math.min(fixed, path.length())), path);
        if (why != null) {
            leaveOut(why, path);
        }
        return why == null;
    }

    private void leaveOut(String why, String path) {
        if (run != null) {
            run.notes().leftOut(why, path);
            run.add(Count.FILES_SKIPPED, 1);
        }
    }

    private String whyNot(String relative, String path) {
        if (path.endsWith("/")) {
            return "markers of folders";
        }
        boolean asked = pattern && HousekeepingFiles.isHidden(source.substring(source.lastIndexOf('/') + 1));
        if (!asked && HousekeepingFiles.ofPrograms(relative)) {
            return "hidden, or made by programs for themselves";
        }
        return pattern || CSV.matcher(path).matches() ? null : "no CSV files";
    }
}
