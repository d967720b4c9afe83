package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.GetAppRequest;
import com.clarifai.grpc.api.GetUserRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.status.StatusCode;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no source says of the service, and what it may therefore do. */
class OdditiesTest extends ClarifaiTest {

    private static final UserAppIDSet ORGANISATION =
            UserAppIDSet.newBuilder().setUserId("sandbox-org").setAppId("team").build();

    @BeforeEach
    void oneInput() {
        client.createDataset("pets");
        client.post(image("cat").build());
        client.awaitFinal("cat");
    }

    private void set(String name, int value) {
        server.oddities().get(name).accept(value);
    }

    @Test
    void anInputIsInTheStateThatItWasPutIntoAndKeepsItsPicture() {
        server.datasets(URI.create("http://images.example")).setStatus("demo", "cat", 30777);

        Input input = client.get("cat");
        assertThat(input.getStatus().getCodeValue()).isEqualTo(30777);
        assertThat(input.getData().getImage().getHosted().getSizesList()).contains("orig");
    }

    @Test
    void aListByIdsNoneOfWhichExistsIsEmptyOrAnyError() {
        ListInputsRequest request = ListInputsRequest.newBuilder()
                .setUserAppId(DEMO)
                .addIds("nobody")
                .build();

        assertThat(client.api().listInputs(request).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        set("unknown-ids", 11101);
        assertThat(client.api().listInputs(request).getStatus().getCode()).isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .listInputs(request.toBuilder().addIds("cat").build())
                        .getInputsCount())
                .isEqualTo(1);
    }

    @Test
    void aChangedInputIsAnsweredWithTheCodeOfItsChange() {
        PatchInputsRequest request = PatchInputsRequest.newBuilder()
                .setUserAppId(DEMO)
                .setAction("merge")
                .addInputs(Input.newBuilder()
                        .setId("cat")
                        .setData(Data.newBuilder().addConcepts(concept("cat", 1))))
                .build();

        assertThat(client.api().patchInputs(request).getInputs(0).getStatus().getCode())
                .isEqualTo(StatusCode.INPUT_MODIFY_SUCCESS);
        assertThat(client.get("cat").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
        set("patched-input", 30777);
        assertThat(client.api().patchInputs(request).getInputs(0).getStatus().getCodeValue())
                .isEqualTo(30777);
    }

    @Test
    void aNewMemberIsAnsweredWithACodeOfItsOwnOrNotAtAll() {
        MultiDatasetInputResponse added = add();
        assertThat(added.getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(added.getDatasetInputs(0).getInput().getStatus().getCode())
                .isEqualTo(StatusCode.DATASET_INPUT_SUCCESS);

        set("dataset-item", 0);
        assertThat(add().getDatasetInputsCount()).isZero();
        set("lost-members", 1);
        assertThat(client.api()
                        .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setDatasetId("pets")
                                .build())
                        .getDatasetInputsCount())
                .isZero();
    }

    private MultiDatasetInputResponse add() {
        return client.api()
                .postDatasetInputs(PostDatasetInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("pets")
                        .addDatasetInputs(DatasetInput.newBuilder()
                                .setInput(Input.newBuilder().setId("cat")))
                        .build());
    }

    @Test
    void originalsNeedNotBeHosted() {
        set("hosted-original", 0);

        assertThat(client.get("cat").getData().getImage().getHosted().getSizesList())
                .containsExactly("tiny", "small", "large");
    }

    @Test
    void anAppOfAnOrganisationIsFoundUnderItsOwnerOnly() {
        GetAppRequest request =
                GetAppRequest.newBuilder().setUserAppId(ORGANISATION).build();

        assertThat(client.api().getApp(request).getApp().getUserId()).isEqualTo("sandbox-org");
        assertThat(client.api()
                        .getApp(request.toBuilder()
                                .setUserAppId(ORGANISATION.toBuilder().setUserId("me"))
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.api()
                        .listApps(ListAppsRequest.newBuilder()
                                .setUserAppId(ORGANISATION.toBuilder().clearAppId())
                                .build())
                        .getAppsList())
                .extracting(app -> app.getId())
                .containsExactly("team");
    }

    @Test
    void theTokenMayNotReadItsUserWhenToldSo() {
        GetUserRequest request = GetUserRequest.newBuilder()
                .setUserAppId(UserAppIDSet.newBuilder().setUserId("me"))
                .build();

        assertThat(client.api().getUser(request).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        set("readable-user", 0);
        assertThat(client.api().getUser(request).getStatus().getCode()).isEqualTo(StatusCode.CONN_INSUFFICIENT_SCOPES);
    }
}
