package com.clarifai.databricks.sandbox.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.sandbox.clarifai.DatasetControl.Churning;
import com.clarifai.databricks.sandbox.clarifai.DatasetControl.Filling;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetControlTest {

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @Test
    void aDatasetIsFilledAndTheCountsAreAnswered() throws Exception {
        HttpResponse<byte[]> answer = workspace.call(
                "POST", "/sandbox/dataset?app=demo&dataset=big&inputs=20&annotations=60&seed=7&first=100", null);

        assertThat(RunningWorkspace.json(answer).at("/inputs/image").asInt()).isEqualTo(20);
        assertThat(workspace.datasetOrders).containsExactly(new Filling("demo", "big", 20, 60, 7, 100));
    }

    @Test
    void anInputIsPutIntoAnyState() throws Exception {
        workspace.call("POST", "/sandbox/input-status?app=demo&input=cat&code=30777", null);

        assertThat(workspace.datasetOrders).containsExactly(List.of("demo", "cat", 30777));
    }

    @Test
    void churnBeginsAndEnds() throws Exception {
        workspace.call("POST", "/sandbox/churn?app=demo&dataset=big&adds=3&deletes=2&every=4", null);
        HttpResponse<byte[]> answer = workspace.call("DELETE", "/sandbox/churn", null);

        assertThat(workspace.datasetOrders).containsExactly(new Churning("demo", "big", 3, 2, 4));
        assertThat(RunningWorkspace.json(answer).at("/added/0").asText()).isEqualTo("a");
        assertThat(RunningWorkspace.json(answer).at("/deleted").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/sandbox/dataset?app=demo&dataset=big&inputs=0&annotations=1",
        "/sandbox/dataset?app=demo&dataset=big&inputs=1",
        "/sandbox/dataset?dataset=big&inputs=1&annotations=1",
        "/sandbox/churn?app=demo&dataset=big&adds=3&deletes=2"
    })
    void aRequestThatMakesNoSenseIsRefused(String path) throws Exception {
        assertThat(workspace.call("POST", path, null).statusCode()).isEqualTo(400);
    }
}
