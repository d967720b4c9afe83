package com.clarifai.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourcesTest {

    private static final String PATH = "/Volumes/main/default/second/good.png";

    private static final String OTHER = "{\"source_uri\":\"/Volumes/main/default/first/good.png\"}";

    private final FileSources sources = new FileSources();

    @Test
    void whatIsUploadedSaysItsFileBesideTheMetadataOfAStep() {
        Map<String, Object> row = row(null);
        Map<String, Object> labelled = row("{\"camera\":3}");
        Map<String, Object> settled = row(null);
        settled.put(InputColumns.STATUS, "PROCESSED");

        sources.tell(List.of(row, labelled, settled));

        assertThat(row).containsEntry(InputColumns.INPUT_METADATA, "{\"source_uri\":\"" + PATH + "\"}");
        assertThat(labelled)
                .containsEntry(InputColumns.INPUT_METADATA, "{\"camera\":3,\"source_uri\":\"" + PATH + "\"}");
        assertThat(settled.get(InputColumns.INPUT_METADATA)).isNull();
    }

    @Test
    void aFileWhoseIdAnotherFilesInputHasGetsAnIdOfItsOwnAndIsNotThereYet() {
        Map<String, Object> row = found(OTHER);
        row.put(InputColumns.STATUS, "PROCESSED");
        row.put(InputColumns.OUTCOME, "EXISTING");
        row.put(InputColumns.IMAGE_URL, "http://of.the/other.png");

        assertThat(sources.renamed(List.of(row))).containsExactly(row);

        assertThat(row)
                .containsEntry(FileSources.PLANNED_ID, "good")
                .containsEntry(InputColumns.SOURCE_URI, PATH)
                .containsEntry(InputColumns.SOURCE_SIZE, 70L)
                .containsEntry(InputColumns.INPUT_METADATA, "{\"source_uri\":\"" + PATH + "\"}")
                .doesNotContainKeys(
                        InputColumns.STATUS, InputColumns.OUTCOME, InputColumns.IMAGE_URL, InputColumns.EXISTING_DATA);
        assertThat((String) row.get(InputColumns.INPUT_ID)).matches("good-[0-9a-f]{16}");
        assertThat(sources.renamed(List.of(row))).isEmpty();
    }

    /** Of a page that was sent, each row has been told its file. */
    @Test
    void aRowWhoseInputWasNotThereBeforeKeepsItsId() {
        Map<String, Object> row = row(OTHER);
        row.put(InputColumns.STATUS, "PENDING");

        assertThat(sources.renamed(List.of(row))).isEmpty();
        assertThat(row).containsEntry(InputColumns.INPUT_ID, "good").containsEntry(InputColumns.INPUT_METADATA, OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source_uri\":\"" + PATH + "\"}",
                "{}",
                "{\"camera\":3}",
                "{\"source_uri\":7}",
                "{\"source_uri\":\"s3://bucket/rows.csv#3\"}"
            })
    void anInputThatNamesThisFileOrNoFileIsTakenToBeTheFiles(String metadata) {
        Map<String, Object> row = found(metadata);
        Map<String, Object> before = Map.copyOf(row);

        assertThat(sources.renamed(List.of(row))).isEmpty();
        assertThat(row).isEqualTo(before);
    }

    /** A row that was told its file, whose input existed with other metadata. */
    private static Map<String, Object> found(String metadata) {
        Map<String, Object> row = row(metadata);
        row.put(
                InputColumns.EXISTING_DATA,
                InputRows.changeable(Map.of(InputColumns.INPUT_METADATA, metadata))
                        .toByteArray());
        return row;
    }

    private static Map<String, Object> row(String metadata) {
        Map<String, Object> row = new HashMap<>();
        row.put(InputColumns.INPUT_ID, "good");
        row.put(InputColumns.SOURCE_URI, PATH);
        row.put(InputColumns.SOURCE_SIZE, 70L);
        if (metadata != null) {
            row.put(InputColumns.INPUT_METADATA, metadata);
        }
        return row;
    }
}
