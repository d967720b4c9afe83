package com.clarifai.databricks.console;

import com.clarifai.databricks.delta.TableName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A flow that is to run.
 *
 * @param flow the route to start: {@code direct:<flow>}
 * @param headers for that route
 * @param command the command that asks for it, such as {@code import volume}; of a schedule, its name
 * @param options as they were given, by name
 * @param commandLine what does the same when it is typed into a shell; null when that is not known
 */
public record FlowStart(
        String flow, Map<String, Object> headers, String command, Map<String, Object> options, String commandLine) {

    boolean isDryRun() {
        return Boolean.parseBoolean(header("dryRun"));
    }

    /** The table that the run tracks its inputs in, or else the inputs table that it writes. */
    Optional<TableName> inputsTable() {
        return table(header("inputsTable") == null ? "table" : "inputsTable");
    }

    /** Names of the tables that the run writes; none of a dry run. */
    List<String> tables() {
        return isDryRun()
                ? List.of()
                : Stream.of(inputsTable(), table("annotationsTable"))
                        .flatMap(Optional::stream)
                        .map(TableName::fullName)
                        .toList();
    }

    private Optional<TableName> table(String header) {
        return Optional.ofNullable(header(header))
                .map(table -> TableName.parse(table, header("catalog"), header("schema")));
    }

    private String header(String name) {
        return Objects.toString(headers.get(name), null);
    }
}
