package com.clarifai.databricks.flow.source;

import java.util.Arrays;
import java.util.Set;

/** Files that programs and systems make for themselves beside those of people. */
final class HousekeepingFiles {

    private static final Set<String> FOLDERS =
            Set.of("__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found");

    private HousekeepingFiles() {}

    /** Whether a name begins as Spark, Hadoop and Unix hide it. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Whether it is hidden, or in a folder that is, for programs that write tables and CSV files. */
    static boolean ofPrograms(String relativePath) {
        return Arrays.stream(relativePath.split("/")).anyMatch(name -> isHidden(name) || FOLDERS.contains(name));
    }

    /**
     * The same for pictures, whose names may well begin with an underscore: {@code ._a.jpg}, {@code
     * .ipynb_checkpoints/a.jpg}, {@code __MACOSX/a.jpg}.
     */
    static boolean ofSystems(String relativePath) {
        return Arrays.stream(relativePath.split("/")).anyMatch(name -> name.startsWith(".") || FOLDERS.contains(name));
    }
}
