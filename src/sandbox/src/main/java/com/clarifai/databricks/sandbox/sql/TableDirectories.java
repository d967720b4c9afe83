package com.clarifai.databricks.sandbox.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the objects of Unity Catalog are on disk: {@code <root>/<catalog>/<schema>/<table>}. A directory is the only
 * record of a catalog or schema, a Delta log the only record of a table, a file the only record of a view, so that a
 * restart finds everything again.
 */
record TableDirectories(Path root) {

    /** Unity Catalog keeps names in lower case and refuses dots, spaces, slashes and control characters. */
    private static final Pattern NAME = Pattern.compile("[^./\\s\\p{Cntrl}]{1,255}");

    List<String> catalogs() {
        return names(root);
    }

    List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws WorkspaceException NO_SUCH_CATALOG_EXCEPTION */
    Path catalog(String catalog) {
        Path directory = child(root, catalog);
        if (!Files.isDirectory(directory)) {
            throw WorkspaceException.noSuchCatalog(catalog);
        }
        return directory;
    }

    Path schema(String catalog, String schema) {
        return child(catalog(catalog), schema);
    }

    Path table(String catalog, String schema, String table) {
        return child(schema(catalog, schema), table);
    }

    /** Of the volumes of a schema, which are beside the tables; there may be none. */
    Path volumes(String catalog, String schema) {
        return child(child(root.resolveSibling("Volumes"), catalog), schema);
    }

    static boolean isTable(Path directory) {
        return Files.isDirectory(directory.resolve("_delta_log"));
    }

    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path child(Path directory, String name) {
        if (!NAME.matcher(name).matches()) {
            throw WorkspaceException.invalidName(name);
        }
        return directory.resolve(name.toLowerCase(Locale.ROOT));
    }
}
