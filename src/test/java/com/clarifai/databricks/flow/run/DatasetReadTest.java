package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.TableKind;
import org.junit.jupiter.api.Test;

class DatasetReadTest {

    @Test
    void whereNothingIsSaidTablesAreLeftAloneAndNothingIsForgotten() {
        DatasetRead read = new DatasetRead(null, false, null);

        assertThat(read.ifExists()).isEqualTo(IfExists.fail);
        assertThat(read.deletes()).isEqualTo(Deletes.ignore);
        assertThat(read.isForgetting()).isFalse();
        assertThat(read.isUpdate() || read.isWhole()).isFalse();
        assertThat(read.isComparable()).isTrue();
        assertThat(read.images().path()).isNull();
    }

    @Test
    void whatIsNotReadWholeForgetsNothingAndIsNotKnownLater() {
        DatasetRead read = new DatasetRead(IfExists.replace, true, Deletes.remove);
        read.select("{}");
        assertThat(read.isForgetting()).isTrue();

        read.missSome();

        assertThat(read.isForgetting()).isFalse();
        assertThat(read.selection()).isNull();
        assertThat(read.isUpdate()).isTrue();
    }

    @Test
    void rowsThatWereStagedAreKnownByTheirTable() {
        DatasetRead read = new DatasetRead(IfExists.merge, false, Deletes.mark);
        read.noteStaged(TableKind.inputs);

        assertThat(read.hasStaged(TableKind.inputs)).isTrue();
        assertThat(read.hasStaged(TableKind.annotations)).isFalse();
        assertThat(read.isForgetting()).isTrue();
        read.readWhole();
        read.compareNone();
        assertThat(read.isWhole()).isTrue();
        assertThat(read.isComparable()).isFalse();
    }
}
