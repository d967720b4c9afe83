package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.CancelInputsAddJobRequest;
import com.clarifai.grpc.api.GetInputsAddJobRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.ListInputsAddJobsRequest;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobsTest extends ClarifaiTest {

    @Test
    void severalPostsShareTheCountsOfOneJob() {
        server.setProcessingDelay(Duration.ofMillis(400));
        MultiInputResponse first = post("job", image("a"), image("b", new byte[] {1}));

        assertThat(first.getInputsAddJob().getStatus().getCode()).isEqualTo(StatusCode.JOB_QUEUED);
        assertThat(first.getInputsAddJob().getProgress().getPendingCount()).isEqualTo(2);
        post("job", image("c"), image("a"));
        await().until(() -> job("job").getStatus().getCode() == StatusCode.JOB_COMPLETED);
        assertThat(job("job").getProgress()).satisfies(progress -> {
            assertThat(progress.getPendingCount()).isZero();
            assertThat(progress.getInProgressCount()).isZero();
            assertThat(progress.getSuccessCount()).isEqualTo(2);
            assertThat(progress.getFailedCount()).isEqualTo(2);
        });
    }

    @Test
    void jobsAreListedNewestFirst() {
        post("one", image("a"));
        post("two", image("b"));

        assertThat(client.api()
                        .listInputsAddJobs(ListInputsAddJobsRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .build())
                        .getInputsAddJobsList())
                .extracting(InputsAddJob::getId)
                .containsExactly("two", "one");
    }

    @Test
    void aCancelledJobFailsWhatIsNotFinished() {
        server.setProcessingDelay(Duration.ofMillis(400));
        post("job", image("a"));
        client.api()
                .cancelInputsAddJob(CancelInputsAddJobRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setId("job")
                        .build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_FAILED);
        assertThat(job("job").getStatus().getCode()).isEqualTo(StatusCode.JOB_CANCELLED);
    }

    @Test
    void anUnknownJobDoesNotExist() {
        assertThat(client.api()
                        .getInputsAddJob(GetInputsAddJobRequest.newBuilder()
                                .setUserAppId(DEMO)
                                .setId("none")
                                .build())
                        .getStatus()
                        .getCode())
                .isEqualTo(StatusCode.CONN_DOES_NOT_EXIST);
    }

    private MultiInputResponse post(String job, Input.Builder... inputs) {
        PostInputsRequest.Builder request =
                PostInputsRequest.newBuilder().setUserAppId(DEMO).setInputsAddJobId(job);
        for (Input.Builder input : inputs) {
            request.addInputs(input);
        }
        return client.api().postInputs(request.build());
    }

    private InputsAddJob job(String id) {
        return client.api()
                .getInputsAddJob(GetInputsAddJobRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setId(id)
                        .build())
                .getInputsAddJob();
    }
}
