package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.Status;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is secret of a signed address is shown nowhere; other addresses are as they are. */
class SignedUrlsTest {

    private static final String SIGNED =
            "https://b.s3.eu-west-1.amazonaws.com/a%20b.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                    + "&X-Amz-Security-Token=hush%2F&X-Amz-Credential=AKIA%2F20261128&X-Amz-Expires=60&X-Amz-Signature=0f1e";

    @Test
    void aSignedAddressIsCutWhereverItStands() {
        assertThat(SignedUrls.hidden(SIGNED)).isEqualTo("https://b.s3.eu-west-1.amazonaws.com/a%20b.jpg");
        assertThat(SignedUrls.hidden("could not read \"" + SIGNED + "\", nor " + SIGNED + "; 403"))
                .isEqualTo("could not read \"https://b.s3.eu-west-1.amazonaws.com/a%20b.jpg\", nor"
                        + " https://b.s3.eu-west-1.amazonaws.com/a%20b.jpg 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://images.example/a.jpg?size=large&v=2",
                "https://account.blob.core.windows.net/c/a.jpg?sv=2024&sig=abc",
                "no address at all: X-Amz-Signature=1",
                ""
            })
    void otherAddressesAreLeftAsTheyAre(String text) {
        assertThat(SignedUrls.hidden(text)).isEqualTo(text);
    }

    @Test
    void whatClarifaiKeepsOfItIsNotTracked() {
        Input input = Input.newBuilder()
                .setId("a")
                .setData(Data.newBuilder().setImage(Image.newBuilder().setUrl(SIGNED)))
                .setStatus(Status.newBuilder()
                        .setCodeValue(30103)
                        .setDescription("no")
                        .setDetails("403 for " + SIGNED))
                .build();

        assertThat(InputRows.toRow(input, "me", "app").toString()).doesNotContain("X-Amz", "hush", "0f1e");
    }

    @Test
    void aSignedAddressIsWhatClarifaiGets() {
        Map<String, Object> row =
                new HashMap<>(Map.of("input_id", "a", "signed_url", SIGNED, "image_url", "https://x/y"));

        assertThat(InputRows.toInput(row).getData().getImage().getUrl()).isEqualTo(SIGNED);
    }
}
