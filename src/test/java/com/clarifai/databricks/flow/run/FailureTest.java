package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.SqlFailure;
import com.clarifai.databricks.model.IncompleteSourceException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class FailureTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Statement execution failed 1 -> -- why\nMERGE INTO t. Error Message: [TABLE_GONE] it is gone\nat line 3",
                "Error occurred during statement execution: -- why\nMERGE INTO t. Error : [TABLE_GONE] it is gone",
                "failed: -- why\nMERGE INTO t. Error : Retry failure. Error Message: [TABLE_GONE] it is gone",
                "[TABLE_GONE] it is gone\nat line 3"
            })
    void ofAFailedStatementOnlyWhatWasWrongWithItIsTold(String message) {
        assertThat(Failure.describe(new IllegalStateException(new SQLException(message))))
                .isEqualTo("[TABLE_GONE] it is gone");
    }

    @Test
    void whatHasNoMessageIsToldByItsName() {
        assertThat(Failure.describe(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
        assertThat(Failure.describe(new IllegalStateException(""))).isEmpty();
    }

    /** What Camel has wrapped around it says nothing to a person, and what is behind it less. */
    @Test
    void theOutermostFailureOfOursIsTheCause() {
        for (Exception ours : List.of(
                new SQLException("x", new IOException("y")),
                new IncompleteSourceException("x"),
                new IllegalArgumentException("x", new IOException("y")),
                new LeaseLostException("x"),
                new RunInterruptedException("x"))) {
            assertThat(Failure.cause(new RuntimeCamelException("wrapped", ours)))
                    .as(ours.toString())
                    .isSameAs(ours);
        }
        IOException root = new IOException("root");
        assertThat(Failure.cause(new RuntimeCamelException("wrapped", new IllegalStateException("x", root))))
                .isSameAs(root);
    }

    @Test
    void anIllegalArgumentOfCamelIsNoneOfOurs() {
        NoSuchBeanException camels = new NoSuchBeanException("tally");
        assertThat(Failure.cause(new RuntimeCamelException("x", camels))).isSameAs(camels);
    }

    @Test
    void aStatementIsFoundBehindWhatFailedOrWhatWasCaught() {
        assertThat(Failure.ofStatement(exchange)).isEmpty();
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT, new RuntimeCamelException(new SQLException("no SQLSTATE: 42501")));
        assertThat(Failure.ofStatement(exchange)).contains(SqlFailure.NOT_ALLOWED);

        exchange.setException(new RuntimeCamelException(new SQLException("no SQLSTATE: 42P01")));
        assertThat(Failure.ofStatement(exchange)).contains(SqlFailure.NO_TABLE);

        exchange.setException(new IOException("no statement"));
        assertThat(Failure.ofStatement(exchange)).isEmpty();
    }

    @Test
    void whenS3WasNotReachedThatIsToldAndThatKeysAreMissingIsAnotherMatter() {
        SdkClientException unreached = SdkClientException.create("Unable", new IOException("connection refused"));
        assertThat(Failure.ofS3(new RuntimeCamelException(unreached)))
                .contains("S3 cannot be reached: connection refused");
        assertThat(Failure.ofS3(new IOException("connection refused"))).isEmpty();

        SdkClientException keys =
                SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        assertThat(Failure.ofS3(keys)).isEmpty();
        assertThat(Failure.describe(keys)).contains("s3.access-key", "S3_SECRET_KEY");
    }

    @Test
    void aRouteFileThatCannotWorkIsToldWithoutTheWordsOfCamel() {
        assertThat(Failure.describe(new NoSuchEndpointException("direct://my-step", "unknown")))
                .isEqualTo("a step of the flow is missing: a route calls 'my-step', which is in no file");
        assertThat(Failure.describe(
                        new CamelExchangeException("No consumers available on endpoint: direct://my-step", exchange)))
                .isEqualTo("a step of the flow is missing: a route calls 'my-step', which is in no file");
        assertThat(Failure.describe(new NoSuchBeanException("tally")))
                .isEqualTo("a step of the flow is missing: a route calls 'tally', which is in no file");
        assertThat(Failure.describe(new NoTypeConversionAvailableException("x", Integer.class)))
                .startsWith("a step of the flow cannot take what the step before it gives");
        assertThat(Failure.describe(new CamelExchangeException("It went wrong", exchange)))
                .isEqualTo("It went wrong");
        assertThat(Failure.describe(new RuntimeCamelException("It went wrong on the exchange: Exchange[1]")))
                .isEqualTo("It went wrong");
        assertThat(Failure.describe(new IllegalStateException("for exchange: Exchange[1]")))
                .isEqualTo("for exchange: Exchange[1]");
    }

    /** The driver's last exception holds the whole answer, and the reason stands behind it. */
    @Test
    void whenTheDriverFailedToConnectTheReasonIsTold() {
        SQLException unreached = new SQLException(
                "Failed to connect to server", new IOException("Thrift Header : Invalid token Request ID: 7 and more"));
        assertThat(Failure.describe(unreached)).isEqualTo("Failed to connect to server: Invalid token");

        SQLException told = new SQLException("Failed to connect to server: refused", new IOException("refused"));
        assertThat(Failure.describe(told)).isEqualTo("Failed to connect to server: refused");
    }
}
