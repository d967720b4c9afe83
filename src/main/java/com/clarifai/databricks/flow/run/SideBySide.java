package com.clarifai.databricks.flow.run;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * What becomes of a message when several steps are taken at the same time: it is as the last of these leaves it. Where some
 * fail, it fails as the first of them in the order of the route, whichever failed first, when all have come to their end.
 */
public final class SideBySide implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange before, Exchange next) {
        if (before != null && before.getException() != null) {
            next.setException(before.getException());
        }
        return next;
    }
}
