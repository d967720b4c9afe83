package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.model.UnreadableSourceException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which column is which, and what is said where one is missing. */
class ImportColumnsTest {

    @Test
    void namesAreComparedWithoutRegardToCaseAndSpacesAndKeptAsTheyAre() {
        ImportColumns columns = ImportColumns.of(List.of(" InputId", "INPUT ", "Concepts", "Comment"), null);

        assertThat(columns.names()).containsExactly(" InputId", "INPUT ", "Concepts");
        assertThat(columns.identity()).containsExactly(" InputId", "INPUT ");
        assertThat(columns.unknown()).isEqualTo("Comment");
        assertThat(columns.value(ImportColumn.CONCEPTS, Map.of("Concepts", "cat")))
                .isEqualTo("cat");
        assertThat(columns.value(ImportColumn.METADATA, Map.of("metadata", "{}")))
                .isNull();
    }

    @Test
    void anImportThatTakesAllColumnsLeavesOutNone() {
        assertThat(ImportColumns.of(List.of("inputid", "input"), "").unknown()).isEmpty();
    }

    @Test
    void columnsOfOtherNamesAreMapped() {
        ImportColumns columns =
                ImportColumns.of(List.of("id", "u,r`l", "labels"), " InputId = ID ,input=`u,r``l`,concepts=labels");

        assertThat(columns.names()).containsExactly("id", "u,r`l", "labels");
        assertThat(columns.unknown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"``", "`", "`a", "a`"})
    void ticksThatSurroundNothingArePartOfTheName(String name) {
        assertThat(ImportColumns.of(List.of("inputid", name), "input=" + name).names())
                .containsExactly("inputid", name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inputid|A column mapping looks like inputid=id,input=url, not like inputid",
                "inputid= |A column mapping looks like inputid=id,input=url, not like inputid= ",
                "picture=url|The columns that can be mapped are inputid, input, concepts, metadata, geopoints,"
                        + " annotations, width, height, and not picture",
                "input=a,INPUT=b|The column input is mapped twice"
            })
    void whatIsNoMappingIsSaid(String mapping, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImportColumns.of(List.of("inputid", "input"), mapping))
                .withMessage(message);
    }

    @Test
    void aMandatoryColumnThatIsMissingIsNamedWithWhatIsThere() {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> ImportColumns.of(List.of("id", "input"), null))
                .withMessage("There is no column inputid; the columns are: id, input. If it has another name, map it:"
                        + " inputid=<column>");
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> ImportColumns.of(List.of(), null))
                .withMessageContaining("the columns are: none.");
    }

    @Test
    void aMappedColumnThatIsMissingIsNamed() {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> ImportColumns.of(List.of("inputid", "input"), "concepts=labels"))
                .withMessage("There is no column labels to take as concepts; the columns are: inputid, input");
    }

    @Test
    void aColumnThatIsThereTwiceIsRefused() {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> ImportColumns.of(List.of("inputid", "input", "Input "), null))
                .withMessage("The column Input is there twice; the columns are: inputid, input, Input. Rename or remove"
                        + " one of them");
    }

    @Test
    void ofManyColumnsThirtyAreNamedAndOfALongNameSixtyCharacters() {
        String long60 = "x".repeat(60);
        List<String> thirty = IntStream.range(0, 29).mapToObj(i -> "c" + i).toList();

        assertThat(missing(concat(thirty, long60))).contains("c28, " + long60 + ". If");
        assertThat(missing(concat(concat(thirty, long60 + "y"), "last")))
                .contains("c28, " + long60 + "… and 1 more. If");
    }

    @Test
    void whatMayStillBecomeAMappingIsProposedFromWhatIsThere() {
        assertThat(ImportColumns.proposed(List.of("Id", " INPUT", "labels"), "concepts=labels,metadata=none"))
                .isEqualTo(Map.of(ImportColumn.INPUT, " INPUT", ImportColumn.CONCEPTS, "labels"));
    }

    @Test
    void withoutIdAndImageThereIsNoImport() {
        assertThat(ImportColumn.values())
                .filteredOn(ImportColumn::mandatory)
                .containsExactly(ImportColumn.INPUTID, ImportColumn.INPUT);
    }

    private static String missing(List<String> columns) {
        try {
            ImportColumns.of(columns, null);
            return "";
        } catch (UnreadableSourceException e) {
            return e.getMessage();
        }
    }

    private static List<String> concat(List<String> names, String name) {
        return Stream.concat(names.stream(), Stream.of(name)).toList();
    }
}
