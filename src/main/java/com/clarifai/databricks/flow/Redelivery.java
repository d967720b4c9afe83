package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.SqlFailure;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.util.ObjectHelper;

/** Which statements are repeated when they fail. */
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

    /** Whether to run a statement again that does no harm when it has been run already. */
    public boolean ofIdempotent(Exchange failed) {
        return isRepeatable(failed, true);
    }

    /** Whether to run a statement again that must be run once only: if it certainly was not. */
    public boolean ofOnce(Exchange failed) {
        return isRepeatable(failed, false);
    }

    private static boolean isRepeatable(Exchange failed, boolean idempotent) {
        SQLException problem = ObjectHelper.getException(
                SQLException.class, failed.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        return problem != null && SqlFailure.of(problem).isRepeatable(idempotent);
    }
}
