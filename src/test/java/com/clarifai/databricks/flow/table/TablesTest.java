package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.delta.ForeignTableException;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

    private static final TableName TABLE = new TableName("main", "hr", "payroll");
    private static final String OLD_INPUTS =
            "image_info,image_url,input_created_at,input_id,input_metadata,input_modified_at";
    private static final String OLD_ANNOTATIONS =
            "annotation,annotation_id,annotation_user_id,input_id,annotation_created_at,annotation_modified_at";
    private final Tables tables = new Tables();
    private final ColumnLists declared = ColumnLists.in(Path.of("routes"));
    private final Run run = new Run("run-1", "update-tables");

    @BeforeEach
    void declare() {
        tables.setDeclared(declared);
    }

    @ParameterizedTest
    @EnumSource(names = {"replace", "merge"})
    void aTableOfSomebodyElseIsNeitherReplacedNorMergedIntoBecauseItHasAnInputId(IfExists rule) {
        List<Map<String, Object>> payroll = table("input_id,name,salary");

        assertThatThrownBy(() -> check(payroll, rule, "inputs", false))
                .isInstanceOf(ForeignTableException.class)
                .hasMessageContaining("main.hr.payroll")
                .hasMessageContaining("name, salary")
                .hasMessageContaining("force");
        assertThatCode(() -> check(payroll, rule, "inputs", true)).doesNotThrowAnyException();
    }

    @Test
    void aTableThatWasMadeForOneKindIsNotReplacedByTheOther() {
        List<Map<String, Object>> inputs = with(table("input_id,image_url"), "inputs");

        assertThatCode(() -> check(inputs, IfExists.replace, "inputs", false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(inputs, IfExists.replace, "annotations", false))
                .hasMessageContaining("made for inputs, not for annotations");
    }

    @Test
    void tablesOfTheOldModuleAreKnownByTheirColumns() {
        assertThatCode(() -> check(table(OLD_INPUTS), IfExists.merge, "inputs", false))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(table(OLD_ANNOTATIONS), IfExists.replace, "annotations", false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(table(OLD_INPUTS), IfExists.replace, "annotations", false))
                .isInstanceOf(ForeignTableException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheSqlFilesMakeIsKnownByItsPropertyAndWithoutItByItsColumns(TableKind kind) throws IOException {
        String sql = Files.readString(Path.of("routes/sql/create-" + kind + "-table.sql"));
        List<Map<String, Object>> columns =
                table(String.join(",", declared.table(kind.name()).names()));
        Matcher property =
                Pattern.compile("'" + TableKind.PROPERTY + "' = '(\\w+)'").matcher(sql);

        assertThat(property.find()).isTrue();
        assertThat(kind.against(with(table("x"), property.group(1)))).isEmpty();
        assertThat(kind.against(columns)).isEmpty();
        assertThat(Arrays.stream(TableKind.values())
                        .filter(other -> other.against(columns).isEmpty()))
                .containsExactly(kind);
        assertThatCode(() -> tables.checkTracking(new Run("r", "flow"), TABLE, kind, columns, false))
                .doesNotThrowAnyException();
    }

    @Test
    void aTrackingTableOfSomebodyElseIsRefusedAndSoIsAForcedOneThatLacksColumns() {
        assertThatThrownBy(() -> tables.checkTracking(
                        new Run("r", "flow"), TABLE, TableKind.inputs, table("input_id,salary"), false))
                .isInstanceOf(ForeignTableException.class)
                .hasMessageContaining("main.hr.payroll");
        assertThatThrownBy(() -> tables.checkTracking(
                        new Run("r", "flow"), TABLE, TableKind.inputs, table("input_id,salary"), true))
                .hasMessageContaining("lacks columns")
                .hasMessageContaining("source_uri");
        assertThatCode(() -> tables.checkTracking(new Run("r", "flow"), TABLE, TableKind.inputs, List.of(), false))
                .doesNotThrowAnyException();
    }

    @Test
    void aTableThatOnlyLooksLikeOneOfTheOldModuleIsNotMigrated() {
        List<Map<String, Object>> payroll = table("input_id,salary,input_created_at");
        LegacyTable legacy = new LegacyTable();
        run.workOn(RunTables.ofMigration(TABLE));

        assertThatThrownBy(() -> legacy.recognise(run, payroll, false))
                .isInstanceOf(ForeignTableException.class)
                .hasMessageContaining("salary");
        assertThatCode(() -> legacy.recognise(run, payroll, true)).doesNotThrowAnyException();
        assertThatCode(() -> legacy.recognise(run, table(OLD_ANNOTATIONS), false))
                .doesNotThrowAnyException();
    }

    /** Their rows are the only record of what became of a file. */
    @ParameterizedTest
    @EnumSource(names = {"mark", "remove"})
    void ofTheRowsThatAnImportTracksOnlyThoseThatTheDatasetHadAreForgotten(Deletes deletes) {
        run.read(new DatasetRead(IfExists.merge, true, deletes));

        Tables.Forget forget =
                tables.forget(run, TABLE, TableKind.inputs, table("input_id,source_uri,status,deleted_at"));

        assertThat(forget.rows())
                .startsWith("(t.source_uri IS NULL OR t.status = 'PROCESSED')")
                .contains(deletes == Deletes.remove ? " THEN DELETE" : "SET t.deleted_at = current_timestamp()");
        assertThat(forget.key()).isEqualTo("input_id");
    }

    @Test
    void ofATableThatTracksNoImportAllRowsThatAreGoneAreForgotten() {
        run.read(new DatasetRead(IfExists.merge, true, Deletes.remove));

        Tables.Forget forget = tables.forget(run, TABLE, TableKind.annotations, table("annotation_id,app_id"));

        assertThat(forget.rows()).isEqualTo("true THEN DELETE");
        assertThat(forget.key()).isEqualTo("annotation_id");
    }

    private void check(List<Map<String, Object>> description, IfExists rule, String kind, boolean force) {
        run.read(new DatasetRead(rule, false, null));
        tables.check(run, TABLE, TableKind.valueOf(kind), description, null, force);
    }

    private static List<Map<String, Object>> table(String columns) {
        return Arrays.stream(columns.split(","))
                .map(name -> Map.<String, Object>of("col_name", name, "data_type", "string"))
                .toList();
    }

    private static List<Map<String, Object>> with(List<Map<String, Object>> columns, String kind) {
        List<Map<String, Object>> description = new ArrayList<>(columns);
        description.add(Map.of("col_name", "", "data_type", ""));
        description.add(Map.of("col_name", "# Detailed Table Information", "data_type", ""));
        description.add(Map.of(
                "col_name",
                "Table Properties",
                "data_type",
                "[databricks-connect.table=" + kind + ",delta.minReaderVersion=3]"));
        return description;
    }

    @Test
    void anUpdateNeedsATableThatIsThereAndAnExportMakesIt() {
        run.read(new DatasetRead(IfExists.merge, true, null));
        assertThatThrownBy(() -> tables.check(run, TABLE, TableKind.inputs, List.of(), null, null))
                .hasMessageContaining("table main.hr.payroll does not exist; an export makes it");

        run.read(new DatasetRead(IfExists.fail, false, null));
        assertThatCode(() -> tables.check(run, TABLE, TableKind.inputs, List.of(), null, null))
                .doesNotThrowAnyException();
    }

    @Test
    void whereThereIsATableAlreadyAnExportSaysWhatCanBeDone() {
        assertThatThrownBy(() -> check(with(table("input_id"), "inputs"), IfExists.fail, "inputs", true))
                .hasMessageContaining("main.hr.payroll exists already")
                .hasMessageContaining("if-exists=merge")
                .hasMessageContaining("if-exists=replace");
    }

    @Test
    void aTableWithoutItsKeyCanBeReplacedAndNotMergedInto() {
        assertThatThrownBy(() -> check(table("name"), IfExists.merge, "inputs", true))
                .hasMessageContaining("has no column input_id, so it cannot be updated with inputs");
        assertThatCode(() -> check(table("name"), IfExists.replace, "inputs", true))
                .doesNotThrowAnyException();
    }

    @Test
    void rowsThatAreGoneCanBeMarkedOnlyInATableThatHasTheColumnsForIt() {
        String columns = "input_id,app_id,dataset_id";
        assertThatThrownBy(() -> checkUpdate(columns, Deletes.mark, null))
                .hasMessageContaining("has no column deleted_at")
                .hasMessageContaining("deletes=mark")
                .hasMessageContaining("add-columns");
        assertThatCode(() -> checkUpdate(columns, Deletes.mark, true)).doesNotThrowAnyException();
        assertThatCode(() -> checkUpdate(columns, Deletes.remove, null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> checkUpdate("input_id,app_id", Deletes.remove, null))
                .hasMessageContaining("has no column dataset_id");
        assertThatCode(() -> checkUpdate("input_id", Deletes.ignore, null)).doesNotThrowAnyException();
    }

    /** New columns have no values yet, and without app and dataset nobody can tell whose rows they are. */
    @Test
    void tablesThatCannotDoWithWhatChangedAreReadWhole() {
        assertThat(checkUpdate("input_id,app_id,dataset_id", null, null).isWhole())
                .isFalse();
        assertThat(checkUpdate("input_id,app_id,dataset_id", null, true).isWhole())
                .isTrue();
        assertThat(checkUpdate("input_id,app_id", null, null).isWhole()).isTrue();
    }

    @Test
    void rowsAreComparedWithTablesThatTellTheirState() {
        assertThat(checkUpdate("input_id,input_modified_at,status_code,run_id,deleted_at", null, null)
                        .isComparable())
                .isTrue();
        assertThat(checkUpdate("input_id,input_modified_at,status_code,run_id", null, null)
                        .isComparable())
                .isFalse();
    }

    @Test
    void filesOfImagesAreNamedByATableOfInputsThatHasTheirPaths() {
        assertThat(checkUpdate("input_id,image_path", null, null).images().table())
                .isEqualTo(TABLE);
        assertThat(checkUpdate("input_id", null, null).images().table()).isNull();
        run.read(new DatasetRead(IfExists.merge, true, null));
        tables.check(run, TABLE, TableKind.annotations, table("annotation_id,image_path"), null, true);
        assertThat(run.dataset().images().table()).isNull();
    }

    @Test
    void aTrackingTableThatIsMissingWouldBeMadeByADryRunAndOneThatIsThereNeedNotBeFoundAgain() {
        Run tried = new Run("r", "flow");
        assertThat(tables.isToBeFound(tried, TABLE)).isTrue();
        tables.checkTracking(tried, TABLE, TableKind.inputs, List.of(), null);
        assertThat(tried.summary()).doesNotContainKey("tablesCreated");
        tried.tryOnly();
        tables.checkTracking(tried, TABLE, TableKind.inputs, List.of(), null);
        assertThat(tried.summary()).containsEntry("tablesCreated", 1L);
        assertThat(tables.isToBeFound(tried, TABLE)).isTrue();

        tables.checkTracking(
                tried,
                TABLE,
                TableKind.inputs,
                table(String.join(",", declared.table("inputs").names())),
                null);
        assertThat(tables.isToBeFound(tried, TABLE)).isFalse();
        assertThat(tables.isToBeFound(tried, "main.hr.payroll")).isTrue();
        assertThat(tables.isToBeFound(null, TABLE)).isTrue();
    }

    @Test
    void anUpdateWhoseRowsAreAllKnownWritesNothing() {
        run.read(new DatasetRead(IfExists.merge, true, null));
        assertThat(tables.isToBeWritten(run, TableKind.inputs, null)).isFalse();
        assertThat(tables.isToBeWritten(run, TableKind.inputs, true)).isTrue();
        run.dataset().noteStaged(TableKind.inputs);
        assertThat(tables.isToBeWritten(run, TableKind.inputs, null)).isTrue();
        assertThat(tables.isToBeWritten(run, TableKind.annotations, null)).isFalse();

        run.read(new DatasetRead(IfExists.replace, false, null));
        assertThat(tables.isToBeWritten(run, TableKind.inputs, null)).isTrue();
    }

    @Test
    void aRunSaysThatItWaitsForItsTableToBeWritten() {
        run.read(new DatasetRead(IfExists.merge, true, null));

        TableWrite write = tables.write(run, TABLE, TableKind.inputs, table("input_id"));

        assertThat(run.progress().waitingFor()).isEqualTo("main.hr.payroll to be written");
        assertThat(write.way()).isEqualTo(TableWrite.Way.merge);
        assertThat(write.beside().fullName()).isEqualTo("main.hr.clarifai_export_inputs_run_1");
        tables.describeRows(write, table("input_id,status"));
        assertThat(write.missing()).isEqualTo("status string");
        tables.widened(write);
        assertThat(write.missing()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_001, -1})
    void aLimitThatIsNoneIsRefused(int limit) {
        assertThatThrownBy(() -> tables.previewed("main.hr.payroll", limit))
                .hasMessage("limit is " + limit + ", not between 1 and 1000");
    }

    @Test
    void rowsOfAnyTableAreShownByTheNamesOfItsColumns() {
        assertThat(tables.previewed("main.hr.payroll", 1)).isEqualTo(TABLE);
        assertThat(tables.previewed("main.hr.payroll", 1_000)).isEqualTo(TABLE);
        assertThat(tables.shown(table("Salary"), 10)).contains("AS `Salary`");
    }

    @Test
    void whatWasPutByIsTheFailureAndAMissingTableIsToldFromOthers() {
        IllegalStateException failure = new IllegalStateException("first");
        assertThatThrownBy(() -> tables.fail(failure)).isSameAs(failure);

        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        assertThat(tables.isMissing(exchange)).isFalse();
        exchange.setException(new SQLException("no SQLSTATE: 42P01"));
        assertThat(tables.isMissing(exchange)).isTrue();
        exchange.setException(new SQLException("no SQLSTATE: 42501"));
        assertThat(tables.isMissing(exchange)).isFalse();
    }

    private DatasetRead checkUpdate(String columns, Deletes deletes, Boolean addColumns) {
        run.read(new DatasetRead(IfExists.merge, true, deletes));
        tables.check(run, TABLE, TableKind.inputs, table(columns), addColumns, true);
        return run.dataset();
    }
}
