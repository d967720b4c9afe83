package com.clarifai.databricks.flow;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;

/** Lets what comes next be repeated, whatever of this exchange has failed and was caught before. */
public final class Redelivery {

    /**
     * After a {@code doCatch} Camel 4.18 goes on to take the exchange for one whose failure is dealt with: no later step
     * would be repeated, and its failure would count as handled.
     */
    public void allow(Exchange exchange) {
        ExchangeExtension state = exchange.getExchangeExtension();
        state.setFailureHandled(false);
        state.setErrorHandlerHandled(null);
        state.setRedeliveryExhausted(false);
    }
}
