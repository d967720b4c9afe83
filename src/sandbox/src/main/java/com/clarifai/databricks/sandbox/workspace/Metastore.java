package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Comments;
import com.clarifai.databricks.sandbox.DirectoryDeletion;
import com.clarifai.databricks.sandbox.Rights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The disk layout that the stand-ins share. A catalog, schema or table is a directory below {@code Tables}, a volume
 * one below {@code Volumes}; nothing is cached, so what SQL creates is seen here at once.
 */
public final class Metastore {

    /** A catalog that nobody may write to, as on every Databricks workspace. */
    public static final String READ_ONLY_CATALOG = Rights.READ_ONLY_CATALOG;

    private static final Pattern UNSUPPORTED = Pattern.compile("[\\p{Cntrl} ./]");

    private final Path data;

    public Metastore(Path data) {
        this.data = data;
    }

    Comments comments() {
        return new Comments(data);
    }

    /** The names in sorted order. */
    public List<String> catalogs() {
        return directories(data.resolve("Tables"));
    }

    List<String> schemas(String catalog) {
        return directories(catalogDirectory(catalog));
    }

    List<String> tables(String catalog, String schema) {
        return directories(schemaDirectory(catalog, schema));
    }

    List<String> volumes(String catalog, String schema) {
        schemaDirectory(catalog, schema);
        Path volumes = data.resolve("Volumes").resolve(catalog).resolve(schema);
        return Files.isDirectory(volumes) ? directories(volumes) : List.of();
    }

    /** @throws ApiError CATALOG_DOES_NOT_EXIST */
    Path catalogDirectory(String catalog) {
        return existing(
                data.resolve("Tables").resolve(catalog),
                "CATALOG_DOES_NOT_EXIST",
                "Catalog '" + catalog + "' does not exist.");
    }

    /** @throws ApiError SCHEMA_DOES_NOT_EXIST, CATALOG_DOES_NOT_EXIST */
    Path schemaDirectory(String catalog, String schema) {
        return existing(
                catalogDirectory(catalog).resolve(schema),
                "SCHEMA_DOES_NOT_EXIST",
                "Schema '" + catalog + "." + schema + "' does not exist.");
    }

    /** @throws ApiError TABLE_DOES_NOT_EXIST, or what is missing above it */
    Path tableDirectory(String catalog, String schema, String table) {
        return existing(
                schemaDirectory(catalog, schema).resolve(table),
                "TABLE_DOES_NOT_EXIST",
                "Table '" + catalog + "." + schema + "." + table + "' does not exist.");
    }

    /** @throws ApiError VOLUME_DOES_NOT_EXIST, or what is missing above it */
    Path volumeDirectory(String catalog, String schema, String volume) {
        schemaDirectory(catalog, schema);
        return existing(
                volumePath(catalog, schema, volume),
                "VOLUME_DOES_NOT_EXIST",
                "Volume '" + catalog + "." + schema + "." + volume + "' does not exist.");
    }

    public void createSchema(String catalog, String schema) throws IOException {
        Files.createDirectories(data.resolve("Tables").resolve(catalog).resolve(schema));
        Files.createDirectories(data.resolve("Volumes").resolve(catalog).resolve(schema));
    }

    /** The directory of the volume, made if it is missing. */
    public Path createVolume(String catalog, String schema, String volume) throws IOException {
        return Files.createDirectories(volumePath(catalog, schema, volume));
    }

    void deleteVolume(String catalog, String schema, String volume) throws IOException {
        DirectoryDeletion.delete(volumeDirectory(catalog, schema, volume));
    }

    void deleteSchema(String catalog, String schema) throws IOException {
        Path volumes = data.resolve("Volumes").resolve(catalog).resolve(schema);
        if (Files.isDirectory(volumes)) {
            DirectoryDeletion.delete(volumes);
        }
        DirectoryDeletion.delete(schemaDirectory(catalog, schema));
    }

    /** Where uploads grow until they are complete; on the same file system as the volumes. */
    Path uploads() throws IOException {
        return Files.createDirectories(data.resolve("uploads"));
    }

    /**
     * A name as Unity Catalog keeps it: lower case.
     *
     * @throws ApiError INVALID_PARAMETER_VALUE for names that it refuses
     */
    static String name(String name) {
        if (name.isEmpty() || name.length() > 255 || UNSUPPORTED.matcher(name).find()) {
            throw ApiError.invalid(
                    "Invalid name '" + name + "': 1 to 255 characters, no period, space, slash or control character.");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * The parts of a name such as {@code main.default.photos}.
     *
     * @throws ApiError INVALID_PARAMETER_VALUE unless it has this many parts
     */
    static String[] fullName(String fullName, int parts) {
        String[] names = fullName.split("\\.", -1);
        if (names.length != parts) {
            throw ApiError.invalid("'" + fullName + "' is not a name of " + parts + " levels.");
        }
        for (int i = 0; i < parts; i++) {
            names[i] = name(names[i]);
        }
        return names;
    }

    private Path volumePath(String catalog, String schema, String volume) {
        return data.resolve("Volumes").resolve(catalog).resolve(schema).resolve(volume);
    }

    private static Path existing(Path directory, String code, String message) {
        if (!Files.isDirectory(directory)) {
            throw new ApiError(404, code, message);
        }
        return directory;
    }

    private static List<String> directories(Path parent) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.sort(null);
        return names;
    }
}
