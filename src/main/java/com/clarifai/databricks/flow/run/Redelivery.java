package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.DeltaDataSource;
import com.clarifai.databricks.delta.SqlFailure;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;

/** Which statements are repeated when they fail. */
public final class Redelivery {

    /** Whether the statement has been given another token; an exchange property. */
    private static final String OTHER_TOKEN = "sqlOtherToken";

    /**
     * After a {@code doCatch} Camel 4.18 goes on to take the exchange for one whose failure is dealt with: no later step
     * would be repeated, and its failure would count as handled.
     */
    public void allowAgain(Exchange exchange) {
        ExchangeExtension state = exchange.getExchangeExtension();
        state.setFailureHandled(false);
        state.setErrorHandlerHandled(null);
        state.setRedeliveryExhausted(false);
        exchange.removeProperty(OTHER_TOKEN);
    }

    /**
     * Whether to run a statement again that does no harm when it has been run already.
     *
     * @param most how often
     */
    public boolean ofIdempotent(Exchange failed, int most) {
        return isRepeatable(failed, true, most);
    }

    /**
     * Whether to run a statement again that must be run once only: if it certainly was not.
     *
     * @param most how often
     */
    public boolean ofOnce(Exchange failed, int most) {
        return isRepeatable(failed, false, most);
    }

    private static boolean isRepeatable(Exchange failed, boolean idempotent, int most) {
        int failures = failed.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        return failures <= most
                && Failure.ofStatement(failed)
                        .filter(failure -> failure == SqlFailure.UNAUTHENTICATED
                                ? isWorthAnotherToken(failed)
                                : failure.isRepeatable(idempotent))
                        .isPresent();
    }

    /** A token may have expired or been revoked on the way; the statement was not run, and another token is tried once. */
    private static boolean isWorthAnotherToken(Exchange failed) {
        boolean tried = Boolean.TRUE.equals(failed.getProperty(OTHER_TOKEN));
        DeltaDataSource connections = failed.getContext().getRegistry().findSingleByType(DeltaDataSource.class);
        if (tried || connections == null || !connections.renewToken()) {
            return false;
        }
        failed.setProperty(OTHER_TOKEN, true);
        return true;
    }
}
