package com.clarifai.databricks.sandbox.clarifai;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An original image as the data host sends it. */
interface ImageBytes {

    long size() throws IOException;

    InputStream open() throws IOException;

    record InFile(Path file) implements ImageBytes {

        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    record InMemory(byte[] bytes) implements ImageBytes {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
