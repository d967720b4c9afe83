package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.Columns;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.table.TableWrite.Way;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How rows get into a table, by the columns of both. */
class TableWriteTest {

    private static final TableName TABLE = TableName.parse("a.b.inputs", null, null);
    private static final TableName BESIDE = TableName.parse("a.b.beside", null, null);

    @Test
    void aTableThatIsNotThereIsMadeWhetherItWouldBeMergedOrNot() {
        assertThat(write(columns(), true).way()).isEqualTo(Way.create);
        assertThat(write(columns(), false).way()).isEqualTo(Way.create);
        assertThat(write(columns(), false).filled()).isEqualTo(TABLE);
    }

    @Test
    void rowsOfATableThatStayAreMerged() {
        assertThat(write(columns("x", "int"), true).way()).isEqualTo(Way.merge);
    }

    @Test
    void rowsTakeThePlaceOfOthersInTheTableItselfOrBesideItWhereTheColumnsDiffer() {
        TableWrite same = write(columns("input_id", "string", "status", "string", "more", "int"), false);
        assertThat(same.way()).isEqualTo(Way.overwrite);
        assertThat(same.filled()).isEqualTo(TABLE);

        TableWrite other = write(columns("input_id", "string", "status", "int"), false);
        assertThat(other.way()).isEqualTo(Way.rewrite);
        assertThat(other.filled()).isEqualTo(BESIDE);
    }

    @Test
    void columnsThatTheTableLacksAreDeclaredAndThenThere() {
        TableWrite write = write(columns("input_id", "string"), true);
        assertThat(write.missing()).isEqualTo("status string");

        write.widened();

        assertThat(write.missing()).isEmpty();
        assertThat(write.existing().names()).containsExactly("input_id", "status");
        assertThat(write.merge().getColumns()).isEqualTo("`input_id`, `status`");
    }

    private static TableWrite write(Columns existing, boolean merges) {
        TableWrite write = new TableWrite(TABLE, TableKind.inputs, existing, merges, BESIDE);
        write.describeRows(columns("input_id", "string", "status", "string"));
        return write;
    }

    private static Columns columns(String... namesAndTypes) {
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            types.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return new Columns(types);
    }
}
