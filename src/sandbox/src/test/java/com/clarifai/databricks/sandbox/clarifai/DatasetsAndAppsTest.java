package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.DeleteAppRequest;
import com.clarifai.grpc.api.DeleteDatasetInputsRequest;
import com.clarifai.grpc.api.DeleteDatasetsRequest;
import com.clarifai.grpc.api.GetDatasetInputRequest;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListDatasetsRequest;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.PatchDatasetsRequest;
import com.clarifai.grpc.api.PostAppsRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.PostDatasetsRequest;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetsAndAppsTest extends ClarifaiTest {

    @Test
    void datasetsAreCreatedOnceListedChangedAndDeleted() {
        client.createDataset("one");
        client.createDataset("two");
        PostDatasetsRequest again = PostDatasetsRequest.newBuilder()
                .setUserAppId(DEMO)
                .addDatasets(Dataset.newBuilder().setId("one"))
                .build();

        assertThat(client.api().postDatasets(again).getStatus().getCode()).isEqualTo(StatusCode.DATABASE_DUPLICATE_KEY);
        assertThat(client.api()
                        .listDatasets(ListDatasetsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setSortById(true)
                                .setSortAscending(true)
                                .build())
                        .getDatasetsList())
                .extracting(Dataset::getId)
                .containsExactly("one", "two");
        client.api()
                .patchDatasets(PatchDatasetsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setAction("merge")
                        .addDatasets(Dataset.newBuilder().setId("one").setDescription("first"))
                        .build());
        assertThat(client.api()
                        .getDataset(GetDatasetRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setDatasetId("one")
                                .build())
                        .getDataset()
                        .getDescription())
                .isEqualTo("first");

        client.post(image("a").addDatasetIds("one").build());
        client.api()
                .deleteDatasets(DeleteDatasetsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addDatasetIds("one")
                        .build());
        assertThat(listInputs("one").getStatus().getCode()).isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(client.get("a").getId()).isEqualTo("a");
    }

    @Test
    void inputsEnterAndLeaveADataset() {
        client.createDataset("one");
        client.post(
                image("a").build(),
                image("b").build(),
                image("c").addDatasetIds("one").build());

        MultiDatasetInputResponse added = client.api()
                .postDatasetInputs(PostDatasetInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("one")
                        .addAllDatasetInputs(List.of(member("a"), member("c"), member("absent")))
                        .build());
        assertThat(added.getStatus().getCode()).isEqualTo(StatusCode.MIXED_STATUS);
        assertThat(added.getDatasetInputsList())
                .extracting(member -> member.getInput().getStatus().getCode())
                .endsWith(StatusCode.DATASET_INPUT_DUPLICATE, StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(listInputs("one").getDatasetInputsList())
                .extracting(member -> member.getInput().getId())
                .containsExactly("a", "c");

        client.api()
                .deleteDatasetInputs(DeleteDatasetInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("one")
                        .addInputIds("c")
                        .build());
        assertThat(getInput("c")).isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
        assertThat(getInput("a")).isEqualTo(StatusCode.SUCCESS);
        assertThat(client.get("c").getId()).isEqualTo("c");
    }

    @Test
    void appsAreCreatedOnceAndKeepTheirInputsApart() {
        PostAppsRequest request = PostAppsRequest.newBuilder()
                .setUserAppId(UserAppIDSet.newBuilder().setUserId("sandbox"))
                .addApps(App.newBuilder().setId("other"))
                .build();
        client.post(image("a").build());

        assertThat(client.api().postApps(request).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
        assertThat(client.api().postApps(request).getStatus().getCode()).isEqualTo(StatusCode.DATABASE_DUPLICATE_KEY);
        assertThat(apps()).containsExactly("other", "demo");
        client.api()
                .deleteApp(DeleteAppRequest.newBuilder()
                        .setUserAppId(DEMO.toBuilder().setAppId("other"))
                        .build());
        assertThat(apps()).containsExactly("demo");
        assertThat(client.get("a").getId()).isEqualTo("a");
    }

    private List<String> apps() {
        return client
                .api()
                .listApps(ListAppsRequest.newBuilder().setUserAppId(DEMO).build())
                .getAppsList()
                .stream()
                .map(App::getId)
                .toList();
    }

    private MultiDatasetInputResponse listInputs(String dataset) {
        return client.api()
                .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId(dataset)
                        .build());
    }

    private StatusCode getInput(String id) {
        return client.api()
                .getDatasetInput(GetDatasetInputRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("one")
                        .setInputId(id)
                        .build())
                .getStatus()
                .getCode();
    }

    private static DatasetInput member(String id) {
        return DatasetInput.newBuilder().setInput(Input.newBuilder().setId(id)).build();
    }
}
