package com.clarifai.databricks.sandbox.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;

/**
 * An import file of any length, written while it is read: {@code inputid,input,concepts,metadata,geopoints}, each row
 * with a generated picture of its own.
 */
record GeneratedCsv(URI images, int rows) {

    static final String HEADER = "inputid,input,concepts,metadata,geopoints\n";

    private static final int ROWS_PER_BLOCK = 1_000;
    private static final String[] CONCEPTS = {"cat", "dog", "boat", "house", "tree", "car", "bird"};

    InputStream content() {
        return new SequenceInputStream(new Enumeration<>() {
            private int written = -1;

            @Override
            public boolean hasMoreElements() {
                return written < rows;
            }

            @Override
            public InputStream nextElement() {
                String block = written < 0 ? HEADER : block(written, Math.min(rows, written + ROWS_PER_BLOCK));
                written = written < 0 ? 0 : Math.min(rows, written + ROWS_PER_BLOCK);
                return new ByteArrayInputStream(block.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private String block(int from, int to) {
        StringBuilder block = new StringBuilder();
        for (int row = from; row < to; row++) {
            block.append("row-")
                    .append(row)
                    .append(',')
                    .append(images)
                    .append("/generated/")
                    .append(row)
                    .append(".jpg,\"")
                    .append(CONCEPTS[row % CONCEPTS.length])
                    .append(", even-")
                    .append(row % 2 == 0)
                    .append("\",\"{'row': ")
                    .append(row)
                    .append(", 'split': '")
                    .append(row % 10 == 0 ? "test" : "train")
                    .append("'}\",\"")
                    .append(row % 360 - 180)
                    .append(',')
                    .append(row % 180 - 90)
                    .append("\"\n");
        }
        return block.toString();
    }
}
