package com.clarifai.databricks.sandbox.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A function in SQL of a schema, kept as a file beside the schema's tables. It can filter the rows of tables and mask
 * their columns, see {@link TablePolicies}; other statements cannot call it.
 *
 * @param parameters as in {@code name STRING, n INT}
 * @param returns its type, as in {@code BOOLEAN}; empty as long as only its body tells
 * @param body an expression over the parameters
 * @param comment null if there is none
 */
record StoredFunction(String parameters, String returns, String body, String comment) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIRECTORY = ".functions";
    private static final String SUFFIX = ".json";

    private static Path file(Path schema, String name) {
        return schema.resolve(DIRECTORY).resolve(name + SUFFIX);
    }

    /** The names of the functions of a schema in order. */
    static List<String> names(Path schema) {
        Path directory = schema.resolve(DIRECTORY);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString().replace(SUFFIX, ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean exists(Path schema, String name) {
        return Files.exists(file(schema, name));
    }

    static StoredFunction read(Path schema, String name) {
        try {
            return JSON.readValue(file(schema, name).toFile(), StoredFunction.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path schema, String name) throws IOException {
        Files.createDirectories(schema.resolve(DIRECTORY));
        JSON.writeValue(file(schema, name).toFile(), this);
    }

    static boolean delete(Path schema, String name) throws IOException {
        return Files.deleteIfExists(file(schema, name));
    }

    private List<String> parameterNames() {
        return parameters.isBlank()
                ? List.of()
                : List.of(StructType.fromDDL(parameters).fieldNames());
    }

    int parameterCount() {
        return parameterNames().size();
    }

    /** The same with the type of its body, which a function has that is made without one. */
    StoredFunction typed(SparkSession session) {
        if (!returns.isEmpty()) {
            return this;
        }
        List<String> unknown = parameters.isBlank()
                ? List.of()
                : Arrays.stream(StructType.fromDDL(parameters).fields())
                        .map(parameter -> "CAST(NULL AS " + parameter.dataType().sql() + ")")
                        .toList();
        String type = session.sql("SELECT " + expression(unknown))
                .schema()
                .fields()[0]
                .dataType()
                .sql();
        return new StoredFunction(parameters, type, body, comment);
    }

    /** The expression that a call stands for. */
    String call(List<String> arguments) {
        return "CAST((" + expression(arguments) + ") AS " + returns + ")";
    }

    private String expression(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.put(parameterNames().get(i).toLowerCase(Locale.ROOT), arguments.get(i));
        }
        return SqlTokens.replace(body, (previous, token) -> {
            boolean name = token.getType() == SqlBaseLexer.IDENTIFIER
                    && (previous == null || previous.getType() != SqlBaseLexer.DOT);
            return name ? values.get(token.getText().toLowerCase(Locale.ROOT)) : null;
        });
    }
}
