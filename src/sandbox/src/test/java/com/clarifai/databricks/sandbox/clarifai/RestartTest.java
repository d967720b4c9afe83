package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.DEMO;
import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.grpc.api.DeleteInputRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartTest extends ClarifaiTest {

    @Test
    void whatWasFinishedIsThereAndWhatWasNotGoesOn() throws IOException {
        client.post(image("done").build(), image("gone").build());
        client.awaitFinal("done");
        client.awaitFinal("gone");
        server.setProcessingDelay(Duration.ofHours(1));
        client.post(image("pending").build());
        client.api()
                .deleteInput(DeleteInputRequest.newBuilder()
                        .setUserAppId(DEMO)
                        .setInputId("gone")
                        .build());

        stopServer();
        startServer();

        Input done = client.get("done");
        assertThat(done.getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
        assertThat(done.getData().getImage().getHosted().getPrefix()).isEqualTo(server.dataBaseUrl());
        assertThat(client.awaitFinal("pending").getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
        await().until(() -> client.list(1, 10).getInputsCount() == 2);
        assertThat(client.list(1, 10).getInputsList()).extracting(Input::getId).containsExactly("pending", "done");
    }
}
