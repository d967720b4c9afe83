package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.DatasetVersionExportFormat;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputBatch;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What versions of datasets held when they were made, one file each, and their exports: ZIP archives of a {@code mimetype}
 * and of {@code InputBatch} messages, as protobuf or as JSON.
 */
final class VersionArchives {

    private static final int INPUTS_A_BATCH = 1000;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}\\.zip");
    private static final JsonFormat.Printer JSON = JsonFormat.printer().preservingProtoFieldNames();

    private final Path root;

    VersionArchives(Path root) {
        this.root = root;
    }

    /** Keeps the inputs of a version. */
    void save(String app, String dataset, String version, Iterator<Input> inputs) {
        Path file = snapshot(app, dataset, version);
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                while (inputs.hasNext()) {
                    inputs.next().writeDelimitedTo(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an archive of a version. @return its name, by which anybody can download it */
    String export(String app, String dataset, String version, DatasetVersionExportFormat format) {
        String name = Ids.random() + ".zip";
        try {
            Files.createDirectories(root);
            try (InputStream in = Files.newInputStream(snapshot(app, dataset, version));
                    ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(root.resolve(name)))) {
                entry(zip, "mimetype", mimeType(format).getBytes(StandardCharsets.US_ASCII));
                int number = 0;
                for (InputBatch batch = next(in); batch.getInputsCount() > 0 || number == 0; batch = next(in)) {
                    entry(zip, String.format("all/%08d", number++), content(batch, format));
                }
            }
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<ImageBytes> find(String name) {
        return Optional.of(name)
                .filter(wanted -> NAME.matcher(wanted).matches())
                .map(root::resolve)
                .filter(Files::isRegularFile)
                .map(ImageBytes.InFile::new);
    }

    long size(String name) {
        try {
            return Files.size(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputBatch next(InputStream in) throws IOException {
        InputBatch.Builder batch = InputBatch.newBuilder();
        while (batch.getInputsCount() < INPUTS_A_BATCH) {
            Input input = Input.parseDelimitedFrom(in);
            if (input == null) {
                break;
            }
            batch.addInputs(input);
        }
        return batch.build();
    }

    private static byte[] content(InputBatch batch, DatasetVersionExportFormat format) throws IOException {
        return format == DatasetVersionExportFormat.CLARIFAI_DATA_PROTOBUF
                ? batch.toByteArray()
                : JSON.print(batch).getBytes(StandardCharsets.UTF_8);
    }

    private static String mimeType(DatasetVersionExportFormat format) {
        return switch (format) {
            case CLARIFAI_DATA_PROTOBUF -> "application/x.clarifai-data+protobuf";
            case CLARIFAI_DATA_JSON -> "application/x.clarifai-data+json";
            default -> throw new Refusal(StatusCode.CONN_INVALID_REQUEST, "the sandbox exports protobuf and JSON");
        };
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private Path snapshot(String app, String dataset, String version) {
        return root.resolve(app).resolve(dataset).resolve(version);
    }
}
