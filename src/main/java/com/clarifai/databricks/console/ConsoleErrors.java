package com.clarifai.databricks.console;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.flow.run.Failure;
import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Answers a request that failed: a status, and a JSON object with a {@code message} for people. */
public final class ConsoleErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleErrors.class);

    private final Commands commands;

    ConsoleErrors(Commands commands) {
        this.commands = commands;
    }

    /** The body becomes the answer, and nothing of the request's headers is left in it. */
    public void answer(Exchange exchange) {
        Exception problem = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        ApiException refusal = problem instanceof ApiException api ? api : refusal(problem);
        exchange.getMessage().setHeaders(new LinkedHashMap<>());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.status());
        exchange.getMessage().setBody(refusal.body());
    }

    private ApiException refusal(Exception problem) {
        ApiException wrapped = ObjectHelper.getException(ApiException.class, problem);
        if (wrapped != null) {
            return wrapped;
        }
        if (ObjectHelper.getException(JsonProcessingException.class, problem) != null) {
            return new ApiException(400, "the request is not a JSON object");
        }
        Throwable cause = Failure.cause(problem);
        int status = status(cause);
        if (status == 500) {
            LOG.error("A request of the console failed", problem);
        }
        return new ApiException(status, commands.describe(cause));
    }

    private static int status(Throwable cause) {
        if (cause instanceof DatabricksException e) {
            return switch (e.kind()) {
                case NOT_FOUND -> 404;
                case PERMISSION_DENIED -> 403;
                case ALREADY_EXISTS -> 409;
                case INVALID -> 400;
                default -> 502;
            };
        }
        if (cause instanceof ClarifaiException e) {
            return switch (e.kind()) {
                case NOT_FOUND -> 404;
                case PERMISSION_DENIED -> 403;
                case ALREADY_EXISTS -> 409;
                case INVALID -> 400;
                default -> 502;
            };
        }
        if (cause instanceof SQLException || cause instanceof SdkException) {
            return 502;
        }
        boolean wrong = cause instanceof IllegalArgumentException
                || cause instanceof UnreadableSourceException
                || cause instanceof IncompleteSourceException;
        return wrong ? 400 : 500;
    }
}
