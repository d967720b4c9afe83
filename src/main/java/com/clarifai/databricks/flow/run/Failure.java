package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.delta.SqlFailure;
import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.s3.S3Refusal;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelException;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.TypeConversionException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What stands behind the exception that a run ended with. */
public final class Failure {

    /** The JDBC driver puts one of these between the statement and the server's message. */
    private static final Pattern AFTER_STATEMENT = Pattern.compile("(?s).*(?:Error Message: |\\. Error : )");

    /** The JDBC driver's last exception holds the whole answer; this is what the server says of the reason in it. */
    private static final Pattern THRIFT_ERROR = Pattern.compile("(?s).*Thrift Header : (.*?) Request ID: .*");

    /** Camel's messages end with the exchange that they are about. */
    private static final Pattern EXCHANGE =
            Pattern.compile("(?s)[.:]? ?(?:on the exchange: |for exchange: )?Exchange\\[.*");

    private static final Pattern ENDPOINT = Pattern.compile("(?s).*?(?:direct|seda|kamelet)(?:://|:)([\\w-]+).*");

    private static final int MOST_CAUSES = 20;

    private Failure() {}

    /** The outermost exception of ours that says what happened, else the root cause. */
    public static Throwable cause(Throwable problem) {
        Throwable root = problem;
        for (Throwable t = problem; t != null; t = t.getCause()) {
            if (t instanceof DatabricksException
                    || t instanceof ClarifaiException
                    || t instanceof SQLException
                    || t instanceof IncompleteSourceException
                    || t instanceof ProxyException
                    || t instanceof IllegalArgumentException
                            && !t.getClass().getName().startsWith("org.apache.camel")
                    || t instanceof LeaseLostException
                    || t instanceof RunInterruptedException) {
                return t;
            }
            root = t;
        }
        return root;
    }

    /**
     * Why the statement failed that the exchange has come from; empty when it was something else that failed. Camel's own
     * look-up prefers what an exception suppresses, which is the failure that was caught before it.
     */
    public static Optional<SqlFailure> ofStatement(Exchange exchange) {
        Throwable met = exchange.getException() == null
                ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                : exchange.getException();
        return Stream.iterate(met, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(SQLException.class::isInstance)
                .map(problem -> SqlFailure.of((SQLException) problem))
                .findFirst();
    }

    /** What that exception says, in one line; of a failed statement not the statement, only what was wrong with it. */
    public static String describe(Throwable problem) {
        Throwable cause = cause(problem);
        if (cause.getMessage() == null) {
            return cause.getClass().getName();
        }
        String told = cause instanceof SQLException e ? describe(e) : inWords(cause);
        return told.lines().findFirst().orElse("");
    }

    /** That S3 was not reached, and why; empty when it was something else, or keys are missing. */
    public static Optional<String> ofS3(Throwable problem) {
        Throwable root = root(problem);
        boolean s3 = Stream.iterate(problem, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(SdkClientException.class::isInstance);
        return s3 && !S3Refusal.lacksKeys(root)
                ? Optional.of("S3 cannot be reached: " + describe(root))
                : Optional.empty();
    }

    /** What a route file does that cannot be done, without the words of Camel. */
    private static String inWords(Throwable cause) {
        if (cause instanceof NoSuchEndpointException || cause.getMessage().startsWith("No consumers available on")) {
            return "a step of the flow is missing: a route calls '"
                    + ENDPOINT.matcher(cause.getMessage()).replaceFirst("$1") + "', which is in no file";
        }
        if (cause instanceof NoSuchBeanException bean) {
            return "a step of the flow is missing: a route calls '" + bean.getName() + "', which is in no file";
        }
        if (cause instanceof TypeConversionException || cause instanceof NoTypeConversionAvailableException) {
            return "a step of the flow cannot take what the step before it gives, or a parameter has a value of a kind"
                    + " that it cannot have";
        }
        if (S3Refusal.lacksKeys(cause)) {
            return "S3 needs keys: set s3.access-key and s3.secret-key (S3_ACCESS_KEY, S3_SECRET_KEY), or have AWS's own in"
                    + " the environment or in ~/.aws/credentials";
        }
        return cause instanceof CamelException || cause instanceof RuntimeCamelException
                ? EXCHANGE.matcher(cause.getMessage()).replaceAll("")
                : cause.getMessage();
    }

    private static String describe(SQLException failure) {
        String message = failure.getMessage();
        if (!message.contains("Failed to connect to server")) {
            return AFTER_STATEMENT.matcher(message).replaceFirst("");
        }
        String reason = String.valueOf(root(failure).getMessage());
        return message.contains(reason)
                ? message
                : message + ": "
                        + AFTER_STATEMENT
                                .matcher(THRIFT_ERROR.matcher(reason).replaceFirst("$1"))
                                .replaceFirst("");
    }

    private static Throwable root(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
