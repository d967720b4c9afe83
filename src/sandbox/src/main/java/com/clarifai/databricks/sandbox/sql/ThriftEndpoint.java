package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.apache.thrift.transport.TMemoryBuffer;
import com.databricks.internal.apache.thrift.transport.TMemoryInputTransport;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.xnio.IoUtils;

/**
 * Thrift's binary protocol over HTTP, one call a POST. Calls are counted, and go wrong, by the same names as those of
 * {@link StatementApi}.
 */
final class ThriftEndpoint implements HttpHandler {

    private static final Map<String, String> TARGETS = Map.of(
            "OpenSession", "sql:sessions",
            "CloseSession", "sql:ended-sessions",
            "ExecuteStatement", "sql:statements",
            "FetchResults", "sql:chunks");
    private static final int INITIAL_ANSWER_BYTES = 4096;

    private final ThriftService service;
    private final Traffic traffic;

    ThriftEndpoint(ThriftService service, Traffic traffic) {
        this.service = service;
        this.traffic = traffic;
    }

    /** On a thread that may block. */
    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        byte[] request = exchange.getInputStream().readAllBytes();
        String target = TARGETS.get(method(request));
        Optional<Fault> planned = target == null ? Optional.empty() : traffic.call(target);
        boolean old = Boolean.TRUE.equals(exchange.getAttachment(SqlEndpoint.OLD_RUNTIME));
        ThriftService runtime = old ? service.withoutParameters() : service;
        if (planned.isEmpty()) {
            send(exchange, call(runtime, request));
            return;
        }
        Fault fault = planned.get();
        switch (fault.kind()) {
            case STATUS -> {
                if (fault.retryAfter() != null) {
                    exchange.getResponseHeaders().put(Headers.RETRY_AFTER, fault.retryAfter());
                }
                exchange.setStatusCode(fault.number());
            }
            case DELAY -> {
                Thread.sleep(fault.delay().toMillis());
                send(exchange, call(runtime, request));
            }
            case RESET -> IoUtils.safeClose(exchange.getConnection());
            case LOST -> {
                call(runtime, request);
                IoUtils.safeClose(exchange.getConnection());
            }
            case CODE -> send(exchange, call(runtime.failing(SqlError.planned(fault.argument())), request));
            default -> throw new IllegalArgumentException("no fault for SQL: " + fault.kind());
        }
    }

    private static String method(byte[] request) throws TException {
        return new TBinaryProtocol(new TMemoryInputTransport(request)).readMessageBegin().name;
    }

    private static ByteBuffer call(TCLIService.Iface service, byte[] request) throws TException {
        TMemoryBuffer answer = new TMemoryBuffer(INITIAL_ANSWER_BYTES);
        new TCLIService.Processor<>(service)
                .process(new TBinaryProtocol(new TMemoryInputTransport(request)), new TBinaryProtocol(answer));
        return ByteBuffer.wrap(answer.getArray(), 0, answer.length());
    }

    private static void send(HttpServerExchange exchange, ByteBuffer answer) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/x-thrift");
        exchange.getResponseSender().send(answer);
    }
}
