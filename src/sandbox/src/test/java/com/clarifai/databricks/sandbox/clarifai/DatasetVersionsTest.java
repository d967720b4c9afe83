package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.concept;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DatasetVersion;
import com.clarifai.grpc.api.DatasetVersionExport;
import com.clarifai.grpc.api.DatasetVersionExportFormat;
import com.clarifai.grpc.api.DeleteDatasetVersionsRequest;
import com.clarifai.grpc.api.GetDatasetVersionRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputBatch;
import com.clarifai.grpc.api.ListDatasetVersionsRequest;
import com.clarifai.grpc.api.MultiDatasetVersionExportResponse;
import com.clarifai.grpc.api.MultiDatasetVersionResponse;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.PostDatasetVersionsRequest;
import com.clarifai.grpc.api.PutDatasetVersionExportsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatasetVersionsTest extends ClarifaiTest {

    @BeforeEach
    void labelledInputs() {
        client.createDataset("pets");
        client.post(
                image("cat").addDatasetIds("pets").build(),
                image("dog").addDatasetIds("pets").build(),
                image("elsewhere").build());
        List.of("cat", "dog", "elsewhere").forEach(client::awaitFinal);
        annotate("cat");
    }

    private void annotate(String concept) {
        client.api()
                .postAnnotations(PostAnnotationsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .addAnnotations(Annotation.newBuilder()
                                .setInputId("cat")
                                .setData(Data.newBuilder().addConcepts(concept(concept, 1))))
                        .build());
    }

    @Test
    void aVersionIsExportedAsItWasWhenItWasMade() throws Exception {
        MultiDatasetVersionResponse posted = post("v1");
        assertThat(posted.getDatasetVersions(0).getStatus().getCode()).isEqualTo(StatusCode.DATASET_VERSION_PENDING);
        await().until(() -> get("v1").getStatus().getCode() == StatusCode.DATASET_VERSION_READY);
        annotate("later");

        assertThat(export("v1").getExportsList())
                .extracting(export -> export.getStatus().getCode())
                .containsOnly(StatusCode.DATASET_VERSION_EXPORT_PENDING);
        await().until(() ->
                get("v1").getExportInfo().getClarifaiDataJson().getStatus().getCode()
                        == StatusCode.DATASET_VERSION_EXPORT_SUCCESS);

        Map<String, byte[]> entries = unzip(get("v1").getExportInfo().getClarifaiDataProtobuf());
        assertThat(entries.keySet()).startsWith("mimetype").hasSize(2);
        assertThat(text(entries.remove("mimetype"))).isEqualTo("application/x.clarifai-data+protobuf");
        InputBatch batch = InputBatch.parseFrom(entries.values().iterator().next());
        assertThat(batch.getInputsList()).extracting(Input::getId).containsExactly("dog", "cat");
        Input cat = batch.getInputs(1);
        assertThat(cat.getData().getConceptsList()).extracting(Concept::getId).containsExactly("cat");
        assertThat(cat.getData().getImage().getUrl()).startsWith(server.dataBaseUrl());
        assertThat(cat.hasCreatedAt()).isFalse();

        entries = unzip(get("v1").getExportInfo().getClarifaiDataJson());
        assertThat(text(entries.remove("mimetype"))).isEqualTo("application/x.clarifai-data+json");
        InputBatch.Builder json = InputBatch.newBuilder();
        JsonFormat.parser().merge(text(entries.values().iterator().next()), json);
        assertThat(json.build()).isEqualTo(batch);
    }

    @Test
    void versionsAreListedNewestFirstAndDeleted() {
        post("one");
        post("two");
        assertThat(post("two").getStatus().getCode()).isEqualTo(StatusCode.DATABASE_DUPLICATE_KEY);

        assertThat(list()).containsExactly("two", "one");
        client.api()
                .deleteDatasetVersions(DeleteDatasetVersionsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("pets")
                        .addDatasetVersionIds("two")
                        .build());
        assertThat(list()).containsExactly("one");
    }

    private List<String> list() {
        return client
                .api()
                .listDatasetVersions(ListDatasetVersionsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("pets")
                        .build())
                .getDatasetVersionsList()
                .stream()
                .map(DatasetVersion::getId)
                .toList();
    }

    private MultiDatasetVersionResponse post(String id) {
        return client.api()
                .postDatasetVersions(PostDatasetVersionsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("pets")
                        .addDatasetVersions(DatasetVersion.newBuilder().setId(id))
                        .build());
    }

    private DatasetVersion get(String id) {
        return client.api()
                .getDatasetVersion(GetDatasetVersionRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("pets")
                        .setDatasetVersionId(id)
                        .build())
                .getDatasetVersion();
    }

    private MultiDatasetVersionExportResponse export(String id) {
        return client.api()
                .putDatasetVersionExports(PutDatasetVersionExportsRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setDatasetId("pets")
                        .setDatasetVersionId(id)
                        .addExports(DatasetVersionExport.newBuilder()
                                .setFormat(DatasetVersionExportFormat.CLARIFAI_DATA_PROTOBUF))
                        .addExports(DatasetVersionExport.newBuilder()
                                .setFormat(DatasetVersionExportFormat.CLARIFAI_DATA_JSON))
                        .build());
    }

    /** Downloaded without a key, by its address alone. */
    private static Map<String, byte[]> unzip(DatasetVersionExport export) throws IOException, InterruptedException {
        HttpResponse<byte[]> archive = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(export.getUrl())).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(archive.statusCode()).isEqualTo(200);
        assertThat(export.getSize()).isEqualTo(archive.body().length);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
