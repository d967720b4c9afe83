package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases, as SQL reads them. */
class SqlIntervalTest {

    @ParameterizedTest
    @CsvSource({"5 MINUTES, PT5M", "1 hour 30 minutes, PT1H30M", "'''2'' DAYS 1 second ', PT48H1S", "20 SECONDS, PT20S"
    })
    void intervalsAreReadAsSparkReadsThem(String text, Duration interval) {
        assertThat(SqlInterval.parse(text)).isEqualTo(interval);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "5m", "0 MINUTES", "5 MONTHS", "5 MINUTES or so", "about 5 MINUTES", "5 MINUTES, 1 HOUR"
            })
    void whatIsNoneIsNamed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlInterval.parse(text))
                .withMessage("'" + text + "' is no interval of days, hours, minutes and seconds, such as 5 MINUTES");
    }
}
