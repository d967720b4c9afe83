package com.clarifai.databricks.console;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** The connection by the API. */
public final class ConsoleConnection {

    private final Connection connection;
    private final ConsoleRuns runs;

    ConsoleConnection(Connection connection, ConsoleRuns runs) {
        this.connection = connection;
        this.runs = runs;
    }

    public Map<String, Object> current() {
        return connection.current();
    }

    public Map<String, Object> compute(@Body Map<String, Object> fields) {
        return connection.compute(fields);
    }

    public Map<String, Object> beginSignIn(@Body Map<String, Object> fields) {
        return connection.beginSignIn(fields);
    }

    public Map<String, Object> signIn() {
        return connection.signIn();
    }

    public Map<String, Object> change(Exchange exchange, @Body Map<String, Object> fields) {
        return restartWith(exchange, () -> connection.change(fields));
    }

    public Map<String, Object> reset(Exchange exchange) {
        return restartWith(exchange, connection::reset);
    }

    public Map<String, Object> changeS3(Exchange exchange, @Body Map<String, Object> fields) {
        return restartWith(exchange, () -> connection.changeS3(fields));
    }

    public Map<String, Object> resetS3(Exchange exchange) {
        return restartWith(exchange, connection::resetS3);
    }

    /** Nothing that is under way is cut off, and the answer is out before the service that gives it ends. */
    private Map<String, Object> restartWith(Exchange exchange, Supplier<Map<String, Object>> change) {
        refuseDuringRuns();
        Map<String, Object> answer = change.get();
        restartOnceAnswered(exchange);
        return answer;
    }

    private void refuseDuringRuns() {
        if (!runs.areIdle()) {
            throw new ApiException(409, "runs are under way: wait for them to end, or cancel them");
        }
    }

    private void restartOnceAnswered(Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                connection.restart();
            }
        });
    }
}
