package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The rows of a page's batches. */
class CollectRowsTest {

    private final CollectRows collect = new CollectRows();

    @Test
    void areJoinedInTheOrderInWhichTheBatchesEnd() {
        Exchange page = collect.aggregate(null, batch(1, 2));
        page = collect.aggregate(page, batch());
        page = collect.aggregate(page, batch(3));

        assertThat(page.getMessage().getBody()).isEqualTo(List.of(1, 2, 3));
        assertThat(page.getException()).isNull();
    }

    @Test
    void theFirstFailureIsThatOfThePage() {
        Exchange failed = batch(2);
        failed.setException(new IllegalStateException("first"));
        Exchange later = batch(3);
        later.setException(new IllegalStateException("second"));

        Exchange page = collect.aggregate(null, batch(1));
        page = collect.aggregate(page, failed);
        page = collect.aggregate(page, later);

        assertThat(page.getException()).hasMessage("first");
        assertThat(page.getMessage().getBody()).isEqualTo(List.of(1, 2, 3));
    }

    /** A list that cannot grow, as steps may make it. */
    private static Exchange batch(Object... rows) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(List.of(rows));
        return exchange;
    }
}
