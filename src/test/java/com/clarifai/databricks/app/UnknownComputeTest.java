package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that do nothing but SQL meet a wrong id first when the driver opens a connection. */
class UnknownComputeTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            404; RESOURCE_DOES_NOT_EXIST: No cluster found matching: 0101-000000-none1
            404; RESOURCE_DOES_NOT_EXIST: SQL warehouse 0123456789abcdef does not exist.
            400; INVALID_PARAMETER_VALUE: Invalid workspace id: 1
            """)
    void isNamedWithTheSettingToCheck(int status, String reason) {
        // the chain of the driver 3.4.5
        SQLException failure = new SQLException(
                "Connection failure while using the OSS Databricks JDBC driver. Failed to connect to server: https://h",
                new SQLException(
                        "Error while receiving response from Thrift server. Request {TOpenSessionReq(...)}, Error {...}",
                        new IllegalStateException("HTTP request failed by code: " + status
                                + ", status line: HTTP/1.1 " + status + " Of some kind. Thrift Header : " + reason
                                + " Request ID: 0d5f. Error message: " + reason.replaceFirst("\\w+: ", ""))));

        assertThat(Problems.describe(new IllegalStateException(failure)))
                .contains("Failed to connect to server: https://h: " + reason + "; check databricks.warehouse-id")
                .contains("databricks.cluster-id", "databricks.http-path");
    }
}
