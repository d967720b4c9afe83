package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.DeltaDataSource;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Which statements are repeated when they fail. */
class RedeliveryTest {

    private static final SQLException NOT_RUN = new SQLException("HTTP Response code: 503");
    private static final SQLException UNKNOWN = new SQLException("Connection reset");
    private static final SQLException REFUSED = new SQLException("[PARSE_SYNTAX_ERROR] oops");

    private final Redelivery redelivery = new Redelivery();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void whatMustRunOnceIsRepeatedOnlyIfItCertainlyWasNotRun() {
        assertThat(redelivery.ofOnce(failed(NOT_RUN), 3)).isTrue();
        assertThat(redelivery.ofOnce(failed(UNKNOWN), 3)).isFalse();
        assertThat(redelivery.ofIdempotent(failed(NOT_RUN), 3)).isTrue();
        assertThat(redelivery.ofIdempotent(failed(UNKNOWN), 3)).isTrue();
    }

    @Test
    void whatIsWrongWithTheStatementOrIsNoStatementIsNotRepeated() {
        assertThat(redelivery.ofIdempotent(failed(REFUSED), 3)).isFalse();
        assertThat(redelivery.ofIdempotent(failed(new IOException("Connection reset")), 3))
                .isFalse();
    }

    @Test
    void aStatementIsRepeatedSoManyTimesAndNoMore() {
        failed(NOT_RUN).getMessage().setHeader(Exchange.REDELIVERY_COUNTER, 3);
        assertThat(redelivery.ofOnce(exchange, 3)).isTrue();

        exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, 4);
        assertThat(redelivery.ofOnce(exchange, 3)).isFalse();
        assertThat(redelivery.ofIdempotent(exchange, 3)).isFalse();
    }

    /** One that is not taken, and cannot be renewed, is wrong. */
    @Test
    void withoutAnotherTokenAStatementWhoseTokenIsNotTakenIsNotRepeated() {
        failed(new SQLException("Invalid access token"));
        assertThat(redelivery.ofOnce(exchange, 3)).isFalse();

        try (DeltaDataSource unconnected = new DeltaDataSource()) {
            exchange.getContext().getRegistry().bind("delta", unconnected);
            assertThat(redelivery.ofOnce(exchange, 3)).isFalse();
        }
        assertThat(exchange.getProperty("sqlOtherToken")).isNull();
    }

    /** After a failure that was dealt with, what comes next is repeated like everything else. */
    @Test
    void whatComesAfterACaughtFailureIsRepeatedAgain() {
        ExchangeExtension state = exchange.getExchangeExtension();
        state.setFailureHandled(true);
        state.setErrorHandlerHandled(true);
        state.setRedeliveryExhausted(true);
        exchange.setProperty("sqlOtherToken", true);

        redelivery.allowAgain(exchange);

        assertThat(state.isFailureHandled()).isFalse();
        assertThat(state.getErrorHandlerHandled()).isNull();
        assertThat(state.isErrorHandlerHandledSet()).isFalse();
        assertThat(exchange.isFailed()).isFalse();
        assertThat(state.isRedeliveryExhausted()).isFalse();
        assertThat(exchange.getProperty("sqlOtherToken")).isNull();
    }

    private Exchange failed(Exception problem) {
        exchange.setException(problem);
        return exchange;
    }
}
