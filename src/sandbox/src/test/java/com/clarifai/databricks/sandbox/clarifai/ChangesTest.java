package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.DeleteDatasetInputsRequest;
import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.GetDatasetInputRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.PatchAnnotationsRequest;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.SingleDatasetInputResponse;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each change of an input or annotation does to the times by which clients find changes. */
class ChangesTest extends ClarifaiTest {

    private static final Data DOG =
            Data.newBuilder().addConcepts(concept("dog", 1)).build();

    @BeforeEach
    void upload() {
        client.createDataset("train");
        client.post(image("a").addDatasetIds("train").build());
        client.awaitFinal("a");
        client.api()
                .postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addAnnotations(Annotation.newBuilder()
                                .setId("note")
                                .setInputId("a")
                                .setData(DOG))
                        .build());
    }

    @Test
    void aPatchOfAnInputMovesItsTimeAndThatOfItsInputLevelAnnotationOnly() {
        Instant before = Instant.now();
        Input old = client.get("a");
        client.api()
                .patchInputs(PatchInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction("merge")
                        .addInputs(Input.newBuilder().setId("a").setData(DOG))
                        .build());

        Input patched = client.get("a");
        assertThat(patched.getCreatedAt()).isEqualTo(old.getCreatedAt());
        assertThat(instant(patched.getModifiedAt())).isAfter(before);
        assertThat(annotations()).hasSize(2).allSatisfy(annotation -> {
            if (annotation.getInputLevel()) {
                assertThat(annotation.getModifiedAt()).isEqualTo(patched.getModifiedAt());
            } else {
                assertThat(instant(annotation.getModifiedAt())).isBefore(before);
            }
        });
    }

    @Test
    void aPatchOfAnAnnotationMovesItsOwnTimeOnly() {
        Instant before = Instant.now();
        client.api()
                .patchAnnotations(PatchAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction("overwrite")
                        .addAnnotations(Annotation.newBuilder()
                                .setId("note")
                                .setInputId("a")
                                .setData(Data.newBuilder().addConcepts(concept("cat", 0))))
                        .build());

        assertThat(annotations())
                .filteredOn(annotation -> instant(annotation.getModifiedAt()).isAfter(before))
                .extracting(Annotation::getId)
                .containsExactly("note");
        assertThat(instant(client.get("a").getModifiedAt())).isBefore(before);
    }

    @Test
    void aDeletedInputTakesItsAnnotationsAndMembershipAndItsIdIsFreeAgain() {
        Timestamp created = client.get("a").getCreatedAt();
        client.api()
                .deleteInputs(DeleteInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addIds("a")
                        .build());
        await().until(() -> members().isEmpty());
        assertThat(annotations()).isEmpty();
        assertThat(client.get("a").getId()).isEmpty();

        Instant before = Instant.now();
        client.post(image("a").addDatasetIds("train").build());
        Input again = client.awaitFinal("a");
        assertThat(again.getCreatedAt()).isNotEqualTo(created);
        assertThat(instant(again.getCreatedAt())).isAfter(before);
        assertThat(annotations()).singleElement().matches(Annotation::getInputLevel);
        assertThat(members()).singleElement().satisfies(member -> assertThat(instant(member.getCreatedAt()))
                .isAfter(before.minusMillis(1)));
    }

    @Test
    void theTimeOfAMembershipIsThatOfTheEntry() {
        Input old = client.get("a");
        client.api()
                .deleteDatasetInputs(DeleteDatasetInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("train")
                        .addInputIds("a")
                        .build());
        assertThat(membership().getStatus().getCode()).isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);

        client.api()
                .postDatasetInputs(PostDatasetInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("train")
                        .addDatasetInputs(DatasetInput.newBuilder()
                                .setInput(Input.newBuilder().setId("a")))
                        .build());
        DatasetInput member = membership().getDatasetInput();
        assertThat(instant(member.getCreatedAt())).isAfter(instant(old.getCreatedAt()));
        assertThat(member.getInput()).isEqualTo(old);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private SingleDatasetInputResponse membership() {
        return client.api()
                .getDatasetInput(GetDatasetInputRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("train")
                        .setInputId("a")
                        .build());
    }

    private List<DatasetInput> members() {
        return client.api()
                .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("train")
                        .build())
                .getDatasetInputsList();
    }

    private List<Annotation> annotations() {
        return client.api()
                .listAnnotations(
                        ListAnnotationsRequest.newBuilder().setUserAppId(DEMO).build())
                .getAnnotationsList();
    }
}
