package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @Test
    void simpleNameIsInTheGivenCatalogAndSchema() {
        assertThat(TableName.parse("inputs", "main", "default")).hasToString("`main`.`default`.`inputs`");
    }

    @Test
    void fullNameStandsForItself() {
        assertThat(TableName.parse("c-1.s_2.t3", "main", "default"))
                .hasToString("`c-1`.`s_2`.`t3`")
                .extracting(TableName::fullName)
                .isEqualTo("c-1.s_2.t3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"`c-1`.`order`.`t\u00e4ble`", "c-1.`order`.t\u00e4ble", " `c-1`.order.`t\u00e4ble` "})
    void nameMayBePastedAsSqlHasIt(String name) {
        assertThat(TableName.parse(name, null, null)).hasToString("`c-1`.`order`.`t\u00e4ble`");
        assertThat(TableName.parse("`inputs`", "main", "default").table()).isEqualTo("inputs");
    }

    @ParameterizedTest
    @CsvSource({
        "delta.`s3://bucket/a b/`, delta.`s3://bucket/a b/`",
        "PARQUET.`/Volumes/c/s/v/t`, parquet.`/Volumes/c/s/v/t`",
        "`c`.`s`.`t`, `c`.`s`.`t`"
    })
    void sourceMayBePastedAsSqlHasIt(String source, String sql) {
        assertThat(TableSource.parse(source, null)).hasToString(sql);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "in`puts",
                "in'puts",
                "in\"puts",
                "in puts",
                "in/puts",
                "in\\puts",
                "in;puts",
                "in\nputs",
                "a.b",
                "a..c",
                "`a.b`.c.d",
                "`a",
                "`in``puts`",
                "`in puts`",
                "``",
                "a.b.c.d",
                "."
            })
    void whatCouldLeaveTheQuotesIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> TableName.parse(name, "main", "default"));
    }

    @Test
    void nameOf256CharactersIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableName.parse("x".repeat(256), "main", "default"))
                .withMessageContaining("longer than 255");
    }

    @Test
    void namesOf255CharactersAreTakenInQuotesToo() {
        String longest = "x".repeat(255);

        assertThat(TableName.parse("`" + longest + "`.`" + longest + "`.`" + longest + "`", null, null))
                .isEqualTo(new TableName(longest, longest, longest));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableName.parse("x".repeat(775), "main", "default"))
                .withMessageContaining("longer than three names");
    }

    @Test
    void aTableOfARunLiesBesideItAndIsNamedByTheRun() {
        assertThat(new TableName("main", "default", "inputs").ofRun("clarifai", "20260301T120000Z-0f"))
                .isEqualTo(new TableName("main", "default", "clarifai_20260301T120000Z_0f"));
    }
}
