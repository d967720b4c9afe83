package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.TableName;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a dry run says what it would do, for people and for programs. */
class IntentionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IMPORTED|http://x/1.jpg|s3://b/rows.csv#2||would upload input i1 from http://x/1.jpg",
                "IMPORTED||/Volumes/a/b/c/1.jpg||would upload input i1 from /Volumes/a/b/c/1.jpg",
                "UPDATED|http://x/1.jpg|s3://b/rows.csv#2||would change input i1 from s3://b/rows.csv#2",
                "REJECTED|http://x/1.jpg|s3://b/rows.csv#2|no id|would reject source s3://b/rows.csv#2 because no id",
                "REJECTED|||no id|would reject input i1 because no id",
                "REJECTED||||would reject input i1",
                "EXISTING|http://x/1.jpg|||",
                "UNKNOWN|http://x/1.jpg|||"
            })
    void whatAnImportWouldDoWithARow(String outcome, String url, String source, String message, String line) {
        Map<String, Object> row = new HashMap<>();
        row.put("input_id", "i1");
        row.put("outcome", outcome);
        row.put("image_url", url);
        row.put("source_uri", source);
        row.put("status_message", message);

        assertThat(Intention.ofImport(row).map(Intention::line).orElse(null)).isEqualTo(line);
    }

    @Test
    void forProgramsThePlaceIsNamedByItsRelation() {
        TableName table = TableName.parse("main.default.inputs", null, null);

        assertThat(Intention.ofRow("add", "i1", table).toMap())
                .isEqualTo(Map.of("would", "add", "what", "row", "id", "i1", "in", table.fullName()));
        assertThat(Intention.create("dataset", "pets").toMap())
                .isEqualTo(Map.of("would", "create", "what", "dataset", "id", "pets"));
    }

    @Test
    void whateverIsInANameItStaysOneLine() {
        assertThat(new Intention("upload", "input", null, "from", "a\nb\u0007c").line())
                .isEqualTo("would upload input from a b c");
    }
}
