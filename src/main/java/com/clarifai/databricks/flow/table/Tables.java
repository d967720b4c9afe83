package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.ForeignTableException;
import com.clarifai.databricks.delta.RowPreview;
import com.clarifai.databricks.delta.SqlFailure;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableMerge;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.Failure;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.ParameterName;
import com.clarifai.databricks.model.WaitListener.Wait;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

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
     * Checks a table that an export or update is to write.
     *
     * @param description what {@code DESCRIBE} says of it; none when there is no such table
     * @throws IllegalArgumentException when the table cannot be used, with what can be done
     */
    public void check(
            Run run,
            TableName table,
            TableKind kind,
            List<Map<String, Object>> description,
            Boolean addColumns,
            Boolean force) {
        DatasetRead dataset = run.dataset();
        Columns columns = Columns.of(description);
        if (columns.isEmpty()) {
            if (dataset.isUpdate()) {
                throw new IllegalArgumentException("table " + table.fullName()
                        + " does not exist; an export makes it ('databricks-connect export')");
            }
            return;
        }
        if (dataset.ifExists() == IfExists.fail) {
            throw new IllegalArgumentException("table " + table.fullName()
                    + " exists already: give " + ParameterName.named("if-exists", IfExists.merge) + " to update it, "
                    + ParameterName.named("if-exists", IfExists.replace)
                    + " to put the export in its place, or another name");
        }
        refuseForeign(description, table, kind, force);
        if (dataset.ifExists() == IfExists.merge && !columns.has(kind.key())) {
            throw new IllegalArgumentException("table " + table.fullName() + " has no column " + kind.key()
                    + ", so it cannot be updated with " + kind + ": choose another table");
        }
        boolean widens = Boolean.TRUE.equals(addColumns);
        if (dataset.isForgetting() && !widens) {
            needed(dataset.deletes())
                    .filter(column -> !columns.has(column))
                    .findFirst()
                    .ifPresent(column -> {
                        throw new IllegalArgumentException("table " + table.fullName() + " has no column " + column
                                + ", which " + ParameterName.named("deletes", dataset.deletes())
                                + " needs: add it with "
                                + ParameterName.named("add-columns"));
                    });
        }
        if (widens || !TableMerge.OWNER.stream().allMatch(columns::has)) {
            // there will be columns that no row has a value for, or whose rows these are cannot be told
            dataset.readWhole();
        }
        if (!kind.stateColumns().stream().allMatch(columns::has)) {
            dataset.compareNone();
        }
        if (kind == TableKind.inputs && columns.has(InputColumns.IMAGE_PATH)) {
            dataset.writeImages(dataset.images().namedBy(table));
        }
    }

    /**
     * Refuses a table that an import or a history of runs cannot use; one that is not there yet can be made.
     *
     * @throws IllegalArgumentException when it is not ours, or lacks a column that is needed
     */
    public void checkTracking(
            Run run, TableName table, TableKind kind, List<Map<String, Object>> description, Boolean force) {
        Columns columns = Columns.of(description);
        if (columns.isEmpty()) {
            if (run.isDryRun()) {
                run.wouldCreate(Run.Count.TABLES_CREATED, "table", table.fullName());
            }
            return;
        }
        refuseForeign(description, table, kind, force);
        List<String> missing = kind.missing(columns, declared.table(kind.name()));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("table " + table.fullName() + " lacks columns that are written: "
                    + String.join(", ", missing) + "; add them to it, or choose another name");
        }
        run.foundTable(table);
    }

    /** Whether it is not known yet that there is such a table; of one that is given as text, without a run, it never is. */
    public boolean isToBeFound(Run run, Object table) {
        return run == null || !(table instanceof TableName name) || !run.hasFound(name);
    }

    static void refuseForeign(List<Map<String, Object>> description, TableName target, TableKind kind, Boolean force) {
        if (!Boolean.TRUE.equals(force)) {
            kind.against(description).ifPresent(against -> {
                throw new ForeignTableException(target, against);
            });
        }
    }

    /** Whether there is something to be written: of an update whose rows are all known there is nothing. */
    public boolean isToBeWritten(Run run, TableKind kind, Boolean addColumns) {
        DatasetRead dataset = run.dataset();
        return !dataset.isUpdate() || Boolean.TRUE.equals(addColumns) || dataset.hasStaged(kind);
    }

    /**
     * How the rows of a kind get into a table.
     *
     * @param description what {@code DESCRIBE} says of the table; none when there is no such table
     */
    public TableWrite write(Run run, TableName table, TableKind kind, List<Map<String, Object>> description) {
        run.waitsFor(new Wait(table.fullName() + " to be written"));
        return new TableWrite(
                table,
                kind,
                Columns.of(description),
                run.dataset().ifExists() == IfExists.merge,
                table.ofRun("clarifai_export_" + kind, run.id()));
    }

    /** The body is what {@code DESCRIBE QUERY} says of the rows that are to be written. */
    public void describeRows(@Variable("write") TableWrite write, @Body List<Map<String, Object>> description) {
        write.describeRows(Columns.of(description));
    }

    /** The table has been given the columns that it lacked. */
    public void widened(@Variable("write") TableWrite write) {
        write.widened();
    }

    /** The name of a table to be shown, as SQL takes it. Refuses a limit that is none. */
    public TableName previewed(@Header("table") String table, @Header("limit") int limit) {
        if (limit < 1 || limit > MAX_PREVIEW) {
            throw new IllegalArgumentException("limit is " + limit + ", not between 1 and " + MAX_PREVIEW);
        }
        return TableName.parse(table, null, null);
    }

    /** What to select of the table that the body describes. */
    public String shown(@Body List<Map<String, Object>> description, @Header("limit") int limit) {
        return RowPreview.select(Columns.asWritten(description), limit);
    }

    /**
     * Which rows of a table are to be changed since the dataset has them no longer, and how.
     *
     * @param rows a condition and what follows it in a {@code MERGE}
     */
    public record Forget(TableName table, TableKind kind, String rows) {

        public String key() {
            return kind.key();
        }
    }

    public Forget forget(Run run, TableName table, TableKind kind, List<Map<String, Object>> description) {
        String way = run.dataset().deletes() == Deletes.remove
                ? " THEN DELETE"
                : " AND t.deleted_at IS NULL THEN UPDATE SET t.deleted_at = current_timestamp(),"
                        + " t.synced_at = current_timestamp(), t.run_id = '" + run.id() + "'";
        return new Forget(table, kind, taken(Columns.of(description)) + way);
    }

    /**
     * SQL that is true of a row whose input the dataset had: not of one that an import tracks and Clarifai has refused, not
     * finished, or has in a state of unknown meaning.
     */
    public static String taken(Columns table) {
        return table.has(InputColumns.SOURCE_URI) && table.has(InputColumns.STATUS)
                ? "(t.source_uri IS NULL OR t.status = '" + InputStatus.PROCESSED + "')"
                : "true";
    }

    private static Stream<String> needed(Deletes deletes) {
        Stream<String> owner = TableMerge.OWNER.stream();
        Stream<String> mark = Stream.of(InputColumns.DELETED_AT, InputColumns.SYNCED_AT, InputColumns.RUN_ID);
        return deletes == Deletes.mark ? Stream.concat(owner, mark) : owner;
    }

    /** Goes on with the failure that was caught and put by, so that none of the clean-up stands in its place. */
    public void fail(@Variable("failure") Exception failure) throws Exception {
        throw failure;
    }
}
