package com.clarifai.databricks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

class LazyClientTest {

    private final List<String> calls = new ArrayList<>();
    private final S3Client client = LazyClient.of(this::make);

    private S3Client make() {
        calls.add("made");
        return new S3Client() {
            @Override
            public String serviceName() {
                return "s3";
            }

            @Override
            public ListBucketsResponse listBuckets() {
                calls.add("called");
                throw NoSuchBucketException.builder().message("none").build();
            }

            @Override
            public void close() {
                calls.add("closed");
            }
        };
    }

    @Test
    void theFirstCallMakesTheClientOnceAndItsFailuresAreItsOwn() {
        assertThat(calls).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(client::listBuckets)
                    .isInstanceOf(NoSuchBucketException.class)
                    .hasMessageContaining("none");
        }
        client.close();

        assertThat(calls).containsExactly("made", "called", "called", "closed");
    }

    @Test
    void whatWasNeverUsedHasNothingToClose() {
        assertThat(client).isEqualTo(client).hasToString("S3 client").hasSameHashCodeAs(client);
        client.close();

        assertThat(calls).isEmpty();
    }
}
