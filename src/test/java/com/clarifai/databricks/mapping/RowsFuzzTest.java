package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.clarifai.RandomMessages;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.User;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever Clarifai may have in its messages, it becomes a row, and the row a line of JSON that any reader takes. */
class RowsFuzzTest {

    private static final ObjectMapper STRICT = new ObjectMapper();

    @Property
    void anyInputBecomesARow(@ForAll long seed) throws JsonProcessingException {
        Input input = new RandomMessages(seed).like(Input.getDefaultInstance());

        assertThat(line(InputRows.toRow(input, "me", "app"))).containsEntry(InputColumns.INPUT_ID, input.getId());
    }

    @Property
    void anyAnnotationBecomesARow(@ForAll long seed) throws JsonProcessingException {
        Annotation annotation = new RandomMessages(seed).like(Annotation.getDefaultInstance());

        assertThat(line(AnnotationRows.toRow(annotation, "me", "app", "pets")))
                .containsEntry(AnnotationColumns.ANNOTATION_ID, annotation.getId());
    }

    @Property
    void anyMemberUserAppAndDatasetBecomesARow(@ForAll long seed) throws JsonProcessingException {
        RandomMessages random = new RandomMessages(seed);

        for (Map<String, Object> row : List.of(
                InputRows.toRow(random.like(DatasetInput.getDefaultInstance()), "me", "app"),
                ResourceRows.user(random.like(User.getDefaultInstance())),
                ResourceRows.app(random.like(App.getDefaultInstance())),
                ResourceRows.dataset(random.like(Dataset.getDefaultInstance())))) {
            assertThat(line(row)).isNotEmpty();
        }
    }

    private static Map<String, Object> line(Map<String, Object> row) throws JsonProcessingException {
        List<String> lines = RowFile.lines(List.of(row));
        assertThat(lines).singleElement().asString().doesNotContain("\n");
        return STRICT.readValue(lines.get(0), new TypeReference<>() {});
    }
}
