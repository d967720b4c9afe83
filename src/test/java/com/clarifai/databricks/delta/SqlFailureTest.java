package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.internal.sdk.core.DatabricksError;
import com.zaxxer.hikari.SQLExceptionOverride.Override;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an exception of the driver means, in the words that services and clients are known to use. */
class SqlFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[INSUFFICIENT_PERMISSIONS] no SQLSTATE: 42501|NOT_ALLOWED",
                "[TABLE_OR_VIEW_NOT_FOUND] The table `a` cannot be found|NO_TABLE",
                "gone SQLSTATE: 42P01|NO_TABLE",
                "Invalid access token|UNAUTHENTICATED",
                "SQL warehouse 0123 does not exist|UNKNOWN_COMPUTE",
                "No cluster found matching: 1|UNKNOWN_COMPUTE",
                "Inline byte limit exceeded|TOO_LARGE",
                "[DELTA_CONCURRENT_APPEND] try again|CONFLICT",
                "[DELTA_METADATA_CHANGED] try again|CONFLICT",
                "Invalid session|LOST_SESSION",
                "The session 0123 has expired|LOST_SESSION",
                "Session was closed|LOST_SESSION",
                "HTTP Response code: 503|NOT_NOW",
                "HTTP error code 429|NOT_NOW",
                "HTTP Response code: 502|OUTCOME_UNKNOWN",
                "HTTP Response code: 500|OUTCOME_UNKNOWN",
                "Connection reset|OUTCOME_UNKNOWN",
                "Invalid OperationHandle|OUTCOME_UNKNOWN",
                "HTTP Response code: 400|OTHER",
                "[PARSE_SYNTAX_ERROR] oops SQLSTATE: 42601|OTHER"
            })
    void messagesAreUnderstood(String message, SqlFailure failure) {
        assertThat(SqlFailure.of(new SQLException(message))).isEqualTo(failure);
        assertThat(SqlFailure.of(new SQLException("outer", new RuntimeException(new SQLException(message)))))
                .as("of a cause")
                .isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({"HY008, CANCELLED", "42501, NOT_ALLOWED", "42P01, NO_TABLE", "42601, OTHER"})
    void statesOfTheDriverAreUnderstoodUnlessTheMessageSaysAnother(String state, SqlFailure failure) {
        assertThat(SqlFailure.of(new SQLException("no", state))).isEqualTo(failure);
        assertThat(SqlFailure.of(new SQLException("no SQLSTATE: 42601", state))).isEqualTo(SqlFailure.OTHER);
    }

    @Test
    void theStatementThatTheDriverRepeatsSaysNothing() {
        assertThat(SqlFailure.of(new SQLException(
                        "Error running SELECT 'Connection reset' Error Message: [PARSE_SYNTAX_ERROR] oops")))
                .isEqualTo(SqlFailure.OTHER);
        assertThat(SqlFailure.of(
                        new SQLException("Error running SELECT 'Invalid session' Error Message: Connection reset")))
                .isEqualTo(SqlFailure.OUTCOME_UNKNOWN);
    }

    @Test
    void connectionsThatBreakAreTold() {
        assertThat(SqlFailure.of(new SQLException("x", new IOException("broken pipe"))))
                .isEqualTo(SqlFailure.OUTCOME_UNKNOWN);
        assertThat(SqlFailure.of(new SQLException("x", "CONNECTION_ERROR", new IOException("refused"))))
                .as("no session was opened")
                .isEqualTo(SqlFailure.NOT_NOW);
        assertThat(SqlFailure.of(new SQLException("x", new SSLHandshakeException("no"))))
                .isEqualTo(SqlFailure.UNTRUSTED);
        assertThat(SqlFailure.of(new SQLException("x", new CertificateException("no"))))
                .isEqualTo(SqlFailure.UNTRUSTED);
        assertThat(SqlFailure.of(new SQLTransientConnectionException("the pool has none")))
                .isEqualTo(SqlFailure.NO_CONNECTION);
        assertThat(SqlFailure.of(new SQLException((String) null))).isEqualTo(SqlFailure.OTHER);
    }

    @ParameterizedTest
    @EnumSource(SqlFailure.class)
    void onlyWhatWasCertainlyNotRunIsRepeatedWhereItMustRunOnce(SqlFailure failure) {
        boolean notRun =
                failure == SqlFailure.LOST_SESSION || failure == SqlFailure.CONFLICT || failure == SqlFailure.NOT_NOW;

        assertThat(failure.isRepeatable(false)).isEqualTo(notRun);
        assertThat(failure.isRepeatable(true)).isEqualTo(notRun || failure == SqlFailure.OUTCOME_UNKNOWN);
    }

    /** Over the statement API the driver keeps the status of the answer, whatever the words. */
    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHENTICATED",
        "429, NOT_NOW",
        "503, NOT_NOW",
        "500, OUTCOME_UNKNOWN",
        "502, OUTCOME_UNKNOWN",
        "504, OUTCOME_UNKNOWN",
        "400, OTHER"
    })
    void statusesOfTheAnswerAreUnderstood(int status, SqlFailure failure) {
        assertThat(SqlFailure.of(new SQLException("x", new DatabricksError("E", "no", status))))
                .isEqualTo(failure);
    }

    /** The driver takes such a connection for valid. */
    @Test
    void aConnectionWhoseSessionIsLostIsGivenUpAndNoOther() {
        LostSessions lost = new LostSessions();

        assertThat(lost.adjudicate(new SQLException("Invalid session"))).isEqualTo(Override.MUST_EVICT);
        assertThat(lost.adjudicate(new SQLException("[PARSE_SYNTAX_ERROR] oops")))
                .isEqualTo(Override.CONTINUE_EVICT);
    }
}
