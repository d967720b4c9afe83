package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

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
    }
}
