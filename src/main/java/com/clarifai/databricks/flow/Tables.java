package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.MergeMetrics;
import com.clarifai.databricks.delta.RowPreview;
import com.clarifai.databricks.delta.SqlFailure;
import com.clarifai.databricks.delta.TableMerge;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.ParameterName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.jdbc.JdbcConstants;

/** Decides how a table is written. The routes call it by name, with what {@code DESCRIBE} says in the body. */
public final class Tables {

    private static final int MAX_PREVIEW = 1_000;

    private ColumnLists declared;

    /** What is declared of the tables. */
    public void setDeclared(ColumnLists declared) {
        this.declared = declared;
    }

    public List<Object> none() {
        return List.of();
    }

    /** Whether the statement failed because there is no such table. */
    public boolean isMissing(Exchange failed) {
        return Failure.ofStatement(failed).filter(SqlFailure.NO_TABLE::equals).isPresent();
    }

    /**
     * Sets the header {@code full} when an update cannot do with what changed since the last one.
     *
     * @param ifExists what to do when there is such a table already
     * @param mustExist whether it is an error when there is none
     * @throws IllegalArgumentException when the table cannot be used, saying what can be done
     */
    public void check(
            Exchange exchange,
            @Body List<Map<String, Object>> description,
            @Header("target") TableName target,
            @Header("ifExists") IfExists ifExists,
            @Header("kind") String kind,
            @Header("mustExist") Boolean mustExist,
            @Header("deletes") Deletes deletes,
            @Header("addColumns") Boolean addColumns,
            @Header("force") Boolean force) {
        Columns table = Columns.of(description);
        String key = key(kind);
        if (table.isEmpty()) {
            if (Boolean.TRUE.equals(mustExist)) {
                throw new IllegalArgumentException(
                        "table " + target.fullName() + " does not exist: make it with 'databricks-connect export'");
            }
            return;
        }
        boolean owned = TableMerge.OWNER.stream().allMatch(table::has);
        if (!owned || Boolean.TRUE.equals(addColumns)) {
            // whose rows these are cannot be told, or there will be columns that no row has a value for
            exchange.getMessage().setHeader("full", "true");
        }
        if (ifExists == null || ifExists == IfExists.fail) {
            throw new IllegalArgumentException("table " + target.fullName()
                    + " exists already: give " + ParameterName.named("if-exists", IfExists.merge) + " to update it, "
                    + ParameterName.named("if-exists", IfExists.replace)
                    + " to put the export in its place, or another name");
        }
        refuseForeign(description, target, TableKind.valueOf(kind), force);
        if (ifExists == IfExists.merge && !table.has(key)) {
            throw new IllegalArgumentException("table " + target.fullName() + " has no column " + key
                    + ", so it cannot be updated with " + kind + ": choose another table");
        }
        if (deletes != null && deletes != Deletes.ignore && !Boolean.TRUE.equals(addColumns)) {
            needed(deletes).filter(column -> !table.has(column)).findFirst().ifPresent(column -> {
                throw new IllegalArgumentException("table " + target.fullName() + " has no column " + column
                        + ", which " + ParameterName.named("deletes", deletes) + " needs: add it with "
                        + ParameterName.named("add-columns"));
            });
        }
    }

    /** Sets the header {@code imagesTable} to the inputs table when it says which image files earlier runs have written. */
    public void imagesTable(
            Exchange exchange, @Body List<Map<String, Object>> description, @Header("target") TableName target) {
        boolean named = Columns.of(description).has(InputColumns.IMAGE_PATH);
        exchange.getMessage().setHeader("imagesTable", named ? target : null);
    }

    /**
     * Refuses a table that an import or a history of runs cannot use; one that is not there yet can be made.
     *
     * @throws IllegalArgumentException when it is not ours, or lacks a column that is needed
     */
    public void tracked(
            @Body List<Map<String, Object>> description,
            @Header("target") TableName target,
            @Header("kind") String kind,
            @Header("force") Boolean force) {
        Columns table = Columns.of(description);
        TableKind use = TableKind.valueOf(kind);
        if (table.isEmpty()) {
            return;
        }
        refuseForeign(description, target, use, force);
        List<String> missing = use.missing(table, declared.table(kind));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("table " + target.fullName() + " lacks columns that are written: "
                    + String.join(", ", missing) + "; add them to it, or choose another name");
        }
    }

    static void refuseForeign(List<Map<String, Object>> description, TableName target, TableKind kind, Boolean force) {
        if (!Boolean.TRUE.equals(force)) {
            kind.against(description).ifPresent(against -> {
                throw new ForeignTableException(target, against);
            });
        }
    }

    /** Keeps the columns of the table for {@link #plan}. */
    public void found(Exchange exchange, @Body List<Map<String, Object>> description) {
        exchange.setProperty("columns", Columns.of(description));
    }

    /**
     * Sets the header {@code write}, the way to write, and what that needs: {@code merge}, the parts of the statement, or
     * {@code beside}, the name of a table of this run.
     *
     * @param description the columns of the rows to be written
     */
    public void plan(
            Exchange exchange,
            @Body List<Map<String, Object>> description,
            @Variable("run") Run run,
            @Header("target") TableName target,
            @Header("kind") String kind,
            @Header("ifExists") IfExists ifExists) {
        Columns table = exchange.getProperty("columns", Columns.class);
        Columns rows = Columns.of(description);
        Message message = exchange.getMessage();
        if (table.isEmpty()) {
            message.setHeader("write", "create");
        } else if (ifExists == IfExists.merge) {
            message.setHeader("write", "merge");
            message.setHeader("merge", new TableMerge(table, rows, key(kind)));
        } else if (table.take(rows)) {
            message.setHeader("write", "overwrite");
        } else {
            message.setHeader("write", "rewrite");
            message.setHeader("beside", target.ofRun("clarifai_export_" + kind, run.id()));
        }
    }

    /** Sets the headers {@code inserted}, {@code updated} and {@code affected} to what a merge has told. */
    public void merged(Exchange exchange, @Header(JdbcConstants.JDBC_UPDATE_COUNT) Long updateCount) {
        Message message = exchange.getMessage();
        MergeMetrics metrics = MergeMetrics.of(message.getBody(), updateCount);
        message.setHeader("inserted", metrics.inserted());
        message.setHeader("updated", metrics.updated());
        message.setHeader("affected", metrics.affected());
    }

    /** Sets the header {@code target} for a preview, and refuses a limit that is none. */
    public void preview(Exchange exchange, @Header("table") String table, @Header("limit") int limit) {
        if (limit < 1 || limit > MAX_PREVIEW) {
            throw new IllegalArgumentException("limit is " + limit + ", not between 1 and " + MAX_PREVIEW);
        }
        exchange.getMessage().setHeader("target", TableName.parse(table, null, null));
    }

    /** Sets the header {@code shown}: what to select of the table that the body describes. */
    public void shown(Exchange exchange, @Body List<Map<String, Object>> description, @Header("limit") int limit) {
        exchange.getMessage().setHeader("shown", RowPreview.select(Columns.asWritten(description), limit));
    }

    /**
     * Sets the header {@code missing} to the columns, as SQL declares them, that the rows have and the table has not; null
     * when it has them all.
     */
    public void missing(Exchange exchange, @Body List<Map<String, Object>> description) {
        Columns table = exchange.getProperty("columns", Columns.class);
        String missing = Columns.of(description).types().entrySet().stream()
                .filter(column -> !table.has(column.getKey()))
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
        exchange.getMessage().setHeader("missing", missing.isEmpty() ? null : missing);
    }

    /**
     * Sets the headers {@code key} and {@code forget}: which rows that the dataset has no longer are to be changed, and how.
     */
    public void forget(
            Exchange exchange,
            @Header("runId") String runId,
            @Header("kind") String kind,
            @Header("deletes") Deletes deletes,
            @Body List<Map<String, Object>> description) {
        Columns table = Columns.of(description);
        String way = deletes == Deletes.remove
                ? " THEN DELETE"
                : " AND t.deleted_at IS NULL THEN UPDATE SET t.deleted_at = current_timestamp(),"
                        + " t.synced_at = current_timestamp(), t.run_id = '" + runId + "'";
        exchange.getMessage().setHeader("key", key(kind));
        exchange.getMessage().setHeader("forget", taken(table) + way);
    }

    /**
     * SQL that is true of a row whose input the dataset had: not of one that an import tracks and Clarifai has refused, not
     * finished, or has in a state of unknown meaning.
     */
    static String taken(Columns table) {
        return table.has(InputColumns.SOURCE_URI) && table.has(InputColumns.STATUS)
                ? "(t.source_uri IS NULL OR t.status = '" + InputStatus.PROCESSED + "')"
                : "true";
    }

    private static Stream<String> needed(Deletes deletes) {
        Stream<String> owner = TableMerge.OWNER.stream();
        Stream<String> mark = Stream.of(InputColumns.DELETED_AT, InputColumns.SYNCED_AT, InputColumns.RUN_ID);
        return deletes == Deletes.mark ? Stream.concat(owner, mark) : owner;
    }

    static String key(String kind) {
        return kind.equals("annotations") ? AnnotationColumns.ANNOTATION_ID : InputColumns.INPUT_ID;
    }

    /** Goes on with the failure that was caught and put by, so that none of the clean-up stands in its place. */
    public void fail(Exchange exchange) throws Exception {
        throw exchange.getProperty("failure", Exception.class);
    }
}
