package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.component.databricks.ImageFileRows;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.delta.DeclaredTable;
import com.clarifai.databricks.delta.TableDeclaration;
import com.clarifai.databricks.flow.source.VolumeRows;
import com.clarifai.databricks.mapping.AnnotationRows;
import com.clarifai.databricks.mapping.ConceptIds;
import com.clarifai.databricks.mapping.ImportColumns;
import com.clarifai.databricks.mapping.ImportRowMapper;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.mapping.LegacyRows;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Input;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What rows are keyed by, and what is declared of their tables, are the same names: in both directions. */
class DeclaredKeysTest {

    /** Keys of rows on their way, which the documentation of {@link InputColumns} calls no columns. */
    private static final Set<String> NO_COLUMNS = Set.of(
            InputColumns.IMAGE_BYTES,
            InputColumns.SIGNED_URL,
            InputColumns.LENT,
            InputColumns.HOSTED_URL,
            InputColumns.NOT_HOSTED,
            InputColumns.ADDED_AT,
            InputColumns.OUTCOME,
            InputColumns.RESUMED,
            InputColumns.CLAIMED,
            InputColumns.CLAIMED_AT,
            InputColumns.KNOWN,
            InputColumns.UNREAD,
            InputColumns.REFUSED,
            InputColumns.ANNOTATIONS,
            InputColumns.EXISTING_DATA,
            InputColumns.IMAGE_ERROR,
            ImageFileRows.UNIQUE_ID);

    private static final DeclaredTable INPUTS = declared("inputs");
    private static final DeclaredTable ANNOTATIONS = declared("annotations");
    private static final DeclaredTable REJECTS = declared("rejects");

    private static final Set<String> OF_CLARIFAI =
            InputRows.toRow(Input.getDefaultInstance(), "user", "app").keySet();

    @Test
    void everyNameOfAnInputsColumnInJavaIsDeclaredAndTheOtherWayRound() throws IllegalAccessException {
        Set<String> names = constants(InputColumns.class);
        names.removeAll(NO_COLUMNS);

        assertThat(names).containsExactlyInAnyOrderElementsOf(INPUTS.names());
    }

    @Test
    void everyNameOfAnAnnotationsColumnInJavaIsDeclaredAndTheOtherWayRound() throws IllegalAccessException {
        Set<String> names = constants(AnnotationColumns.class);
        // whose the app is stands in the table of inputs
        names.remove(AnnotationColumns.USER_ID);

        assertThat(names).containsExactlyInAnyOrderElementsOf(ANNOTATIONS.names());
    }

    @Test
    void anExportWritesWhatTheRowOfAnInputHasWithItsDatasetAndFile() {
        assertThat(ofRows(INPUTS, "export"))
                .containsExactlyInAnyOrderElementsOf(
                        union(OF_CLARIFAI, Set.of(InputColumns.DATASET_ID, InputColumns.IMAGE_PATH)));
    }

    @Test
    void anExportWritesWhatTheRowOfAnAnnotationHas() {
        Set<String> keys = new HashSet<>(AnnotationRows.toRow(Annotation.getDefaultInstance(), "user", "app", "dataset")
                .keySet());
        keys.remove(AnnotationColumns.USER_ID);

        assertThat(ofRows(ANNOTATIONS, "export")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void aPlanHasWhatTheRowOfAFileHas() {
        VolumeFile file =
                new VolumeFile("/Volumes/main/default/photos/cats/one.jpg", "one.jpg", 1, Instant.EPOCH, false);
        Set<String> keys = new HashSet<>(new VolumeRows()
                .of(List.of(file), null, null, true, null)
                .get(0)
                .keySet());
        keys.removeAll(NO_COLUMNS);

        assertThat(ofRows(INPUTS, "plan")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void whatIsSettledIsWhatClarifaiSaysOfAnInputButWhatTheFileSaid() {
        assertThat(OF_CLARIFAI).containsAll(ofRows(INPUTS, "settle"));
    }

    @Test
    void whatARowOfACsvFileGivesIsWrittenToOneTableOrTheOther() {
        ImportRowMapper mapper = new ImportRowMapper(
                ImportColumns.of(Set.of("inputid", "input"), null), ConceptIds.LABEL, (what, where) -> {});
        Set<String> keys = new HashSet<>();
        keys.addAll(mapper.map(Map.of("inputid", "one", "input", "https://example.com/one.jpg"), "s3://b/k#line=2")
                .keySet());
        keys.addAll(mapper.reject(Map.of("inputid", "one"), "s3://b/k#line=2", "why")
                .keySet());
        keys.removeAll(NO_COLUMNS);

        Set<String> written = union(ofRows(INPUTS, "rows"), ofRows(REJECTS, "rows"));
        assertThat(written).containsAll(keys);
        assertThat(union(keys, OF_CLARIFAI)).containsAll(written);
    }

    @Test
    void aMigrationMakesRowsOfDeclaredColumns() {
        Map<String, Object> old = Map.of("status", "PROCESSED", "app_id", "app");

        assertThat(ofRows(INPUTS, "export")).containsAll(LegacyRows.input(old).keySet());
        assertThat(ofRows(ANNOTATIONS, "export"))
                .containsAll(LegacyRows.annotation(old).keySet());
    }

    private static DeclaredTable declared(String table) {
        return TableDeclaration.read(Path.of("routes/tables/" + table + ".yaml"));
    }

    /** The columns whose values the rows themselves have. */
    private static Set<String> ofRows(DeclaredTable table, String writer) {
        return table.columns().stream()
                .filter(column -> "".equals(column.writers().get(writer)))
                .map(column -> column.name())
                .collect(Collectors.toSet());
    }

    private static Set<String> constants(Class<?> type) throws IllegalAccessException {
        Set<String> values = new HashSet<>();
        for (Field field : type.getFields()) {
            values.add((String) field.get(null));
        }
        return values;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> union = new HashSet<>(some);
        union.addAll(others);
        return union;
    }
}
