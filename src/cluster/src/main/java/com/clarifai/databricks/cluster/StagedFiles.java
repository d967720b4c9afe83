package com.clarifai.databricks.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of the run in the staging volume, as the driver sees it. */
final class StagedFiles {

    /** A file with its bytes. */
    record Part(String path, long bytes) {}

    private final Configuration configuration;

    StagedFiles(Configuration configuration) {
        this.configuration = configuration;
    }

    byte[] read(String path) throws IOException {
        try (FSDataInputStream in = system(path).open(new Path(path))) {
            return in.readAllBytes();
        }
    }

    /** Replaces what is there. */
    void write(String path, byte[] content) throws IOException {
        try (OutputStream out = system(path).create(new Path(path), true)) {
            out.write(content);
        }
    }

    /** A line each, gzipped. */
    void writeLines(String path, List<String> lines) throws IOException {
        try (OutputStream out = new GZIPOutputStream(system(path).create(new Path(path), true))) {
            for (String line : lines) {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
    }

    /** The files of a folder in the order of their names, which is that of the pages; none where nothing was put into it. */
    List<Part> list(String folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        FileStatus[] found;
        try {
            found = system(folder).listStatus(new Path(folder));
        } catch (FileNotFoundException e) {
            return parts;
        }
        Arrays.sort(found);
        for (FileStatus file : found) {
            parts.add(new Part(file.getPath().toUri().getPath(), file.getLen()));
        }
        return parts;
    }

    private FileSystem system(String path) throws IOException {
        return new Path(path).getFileSystem(configuration);
    }
}
