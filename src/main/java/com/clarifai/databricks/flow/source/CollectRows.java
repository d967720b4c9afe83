package com.clarifai.databricks.flow.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Joins the rows of a page's batches into one list, which the page's size bounds. */
public final class CollectRows implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange page, Exchange batch) {
        if (page == null) {
            batch.getMessage().setBody(new ArrayList<>(rows(batch)));
            return batch;
        }
        rows(page).addAll(rows(batch));
        if (page.getException() == null) {
            page.setException(batch.getException());
        }
        return page;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> rows(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }
}
