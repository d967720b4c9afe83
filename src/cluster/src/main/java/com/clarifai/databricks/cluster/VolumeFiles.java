package com.clarifai.databricks.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files of volumes, as Spark reads them: on a cluster of one user, a program in Java has no {@code /Volumes} among the files of
 * its machines, and only what Spark reads itself has the rights of the user on executors.
 */
final class VolumeFiles {

    /** Of one task, at most, and of as many files as {@link #FILE_COST} lets into it. */
    private static final long TASK_BYTES = 256_000_000;

    /** What a file counts beside its bytes: 4,000 of them make a task, however small they are. */
    private static final long FILE_COST = TASK_BYTES / 4_000;

    /** What the file systems of Hadoop take for a pattern. */
    private static final Pattern WILDCARD = Pattern.compile("[{}\\[\\]*?\\\\]");

    private static final String ROOT = "/Volumes/";

    private final SparkSession spark;
    private final Configuration configuration;

    VolumeFiles(SparkSession spark) {
        this.spark = spark;
        this.configuration = spark.sparkContext().hadoopConfiguration();
        spark.conf().set("spark.sql.files.maxPartitionBytes", TASK_BYTES);
        spark.conf().set("spark.sql.files.openCostInBytes", FILE_COST);
    }

    /** A path without the scheme that Spark puts before it. */
    static String path(String uri) {
        return uri.substring(uri.indexOf(ROOT));
    }

    /**
     * The files with their {@code path}, {@code length} and {@code content}, in partitions of bounded bytes and number. Files
     * that are gone are not among them.
     */
    Dataset<Row> read(Collection<String> paths) throws IOException {
        Set<String> wanted = new HashSet<>(paths);
        while (!wanted.isEmpty()) {
            try {
                return read(wanted.stream());
            } catch (Exception e) {
                Set<String> there = lengths(wanted).keySet();
                if (!isNotFound(e) || there.size() == wanted.size()) {
                    throw e;
                }
                wanted.retainAll(there);
            }
        }
        return spark.emptyDataFrame().selectExpr("'' AS path", "0L AS length", "X'' AS content");
    }

    private Dataset<Row> read(Stream<String> paths) {
        return spark.read()
                .format("binaryFile")
                // what is deleted from now on
                .option("ignoreMissingFiles", true)
                // else folders that are called a=b would be taken for columns
                .option("recursiveFileLookup", true)
                .load(paths.map(path -> WILDCARD.matcher(path).replaceAll("\\\\$0"))
                        .toArray(String[]::new));
    }

    private static boolean isNotFound(Exception problem) {
        return problem instanceof AnalysisException analysis && "PATH_NOT_FOUND".equals(analysis.getCondition());
    }

    /** The bytes of those of the files that are there. Their folders are listed, so they should be few. */
    Map<String, Long> lengths(Collection<String> paths) throws IOException {
        Map<String, Long> lengths = new HashMap<>();
        Map<String, List<String>> folders =
                paths.stream().collect(Collectors.groupingBy(path -> path.substring(0, path.lastIndexOf('/'))));
        for (Map.Entry<String, List<String>> folder : folders.entrySet()) {
            Set<String> wanted = Set.copyOf(folder.getValue());
            Path place = new Path(folder.getKey());
            try {
                RemoteIterator<FileStatus> files =
                        place.getFileSystem(configuration).listStatusIterator(place);
                while (files.hasNext()) {
                    FileStatus file = files.next();
                    String path = path(file.getPath().toString());
                    if (wanted.contains(path)) {
                        lengths.put(path, file.getLen());
                    }
                }
            } catch (FileNotFoundException e) {
                // so are its files
                continue;
            }
        }
        return lengths;
    }
}
