package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.Datasets.Ensured;
import com.clarifai.grpc.api.status.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatasetsTest extends ClarifaiFixture {

    @Test
    void creates_a_dataset_that_does_not_exist() {
        Ensured ensured = ClarifaiClient.join(client.datasets().ensure(APP, "pets"));

        assertThat(ensured.created()).isTrue();
        assertThat(ensured.dataset().getId()).isEqualTo("pets");
    }

    @Test
    void leaves_a_dataset_alone_that_exists() {
        clarifai.addDataset("pets");

        assertThat(ClarifaiClient.join(client.datasets().ensure(APP, "pets")).created())
                .isFalse();
        assertThat(clarifai.count("PostDatasets")).isZero();
    }

    @Test
    void takes_the_dataset_that_somebody_else_creates_at_the_same_time() {
        clarifai.beforeCreatingDataset(() -> clarifai.addDataset("pets"));

        Ensured ensured = ClarifaiClient.join(client.datasets().ensure(APP, "pets"));

        assertThat(ensured.created()).isFalse();
        assertThat(ensured.dataset().getId()).isEqualTo("pets");
    }

    @Test
    void creates_nothing_when_it_could_not_find_out() {
        clarifai.refuseNext("GetDataset", FakeClarifai.status(StatusCode.CONN_INSUFFICIENT_SCOPES, "Not allowed"));

        assertThatThrownBy(() -> ClarifaiClient.join(client.datasets().ensure(APP, "pets")))
                .isInstanceOfSatisfying(ClarifaiException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ClarifaiException.Kind.PERMISSION_DENIED));
        assertThat(clarifai.count("PostDatasets")).isZero();
    }
}
