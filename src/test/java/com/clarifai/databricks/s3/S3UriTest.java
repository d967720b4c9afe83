package com.clarifai.databricks.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3UriTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://my.bucket/a folder/x+1.csv",
                "https://my.bucket.s3.amazonaws.com/a%20folder/x+1.csv",
                "https://my.bucket.s3.eu-west-1.amazonaws.com/a%20folder/x+1.csv?X-Amz-Expires=60",
                "https://my.bucket.s3-eu-west-1.amazonaws.com/a%20folder/x+1.csv",
                "https://s3.eu-west-1.amazonaws.com/my.bucket/a%20folder/x+1.csv"
            })
    void anObjectIsKnownByAnyOfItsAddresses(String address) {
        assertThat(S3Uri.parse(address)).isEqualTo(new S3Uri("my.bucket", "a folder/x+1.csv"));
    }

    @Test
    void anAddressOfAnotherHostIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3Uri.parse("https://example.com/my.bucket/x.csv"))
                .withMessageContaining("is not s3://bucket/key");
    }
}
