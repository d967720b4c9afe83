package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.ThriftHandles.handle;
import static com.clarifai.databricks.sandbox.sql.ThriftHandles.id;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.error;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.noSuchSession;
import static com.clarifai.databricks.sandbox.sql.ThriftStatus.success;

import com.databricks.internal.apache.thrift.TException;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkDirectResults;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.sql.classic.SparkSession;

/** The operations of the Thrift protocol: statements of its clients, and the queries that answer them about metadata. */
final class ThriftOperations {

    /**
     * How long a statement may take whose result is to come with the answer to its submission. Until that answer the
     * driver does not know the statement's id, and its {@code Statement.cancel()} does nothing.
     */
    private static final Duration DIRECT_RESULTS_WAIT = Duration.ofSeconds(1);

    private final Statements statements;
    private final Map<String, ThriftResult> results;
    private final SqlError planned;

    ThriftOperations(Statements statements) {
        this(statements, new ConcurrentHashMap<>(), null);
    }

    private ThriftOperations(Statements statements, Map<String, ThriftResult> results, SqlError planned) {
        this.statements = statements;
        this.results = results;
        this.planned = planned;
    }

    /** The same ones, where what is submitted fails. */
    ThriftOperations failing(SqlError error) {
        return new ThriftOperations(statements, results, error);
    }

    /**
     * What the answer to every question says.
     *
     * @param handle null if there is no operation
     * @param results null if they are to be asked for
     */
    record Submitted(TStatus status, TOperationHandle handle, TSparkDirectResults results) {}

    Submitted submit(
            String sessionId,
            SparkSession session,
            Query query,
            ThriftFormat format,
            TOperationType type,
            boolean directResults) {
        Statement statement = planned == null
                ? statements.submit(sessionId, session, query)
                : statements.fail(sessionId, session, query, planned);
        ThriftResult result = new ThriftResult(statement, format);
        results.put(statement.id(), result);
        return new Submitted(
                success(),
                new TOperationHandle(handle(statement.id()), type, /* hasResultSet */ true),
                directResults ? directResults(statement, result) : null);
    }

    /** Runs a query about metadata. */
    Submitted ask(
            TSessionHandle handle,
            TOperationType type,
            boolean directResults,
            Function<ThriftMetadata, String> question) {
        String sessionId = id(handle.getSessionId());
        SparkSession session = statements.session(sessionId).orElse(null);
        if (session == null) {
            return new Submitted(noSuchSession(sessionId), null, null);
        }
        ThriftFormat format = ColumnFormat.WHOLE;
        try {
            String sql = question.apply(new ThriftMetadata(statements::catalogs));
            return submit(
                    sessionId, session, new Query(sql, List.of(), Long.MAX_VALUE, format), format, type, directResults);
        } catch (WorkspaceException e) {
            return new Submitted(error(SqlError.of(e)), null, null);
        }
    }

    private static TSparkDirectResults directResults(Statement statement, ThriftResult result) {
        TSparkDirectResults direct = new TSparkDirectResults();
        if (await(statement) && statement.result().isPresent()) {
            direct.setResultSetMetadata(result.metadata()).setResultSet(fetch(result, null));
        }
        return direct.setOperationStatus(result.status());
    }

    private static boolean await(Statement statement) {
        try {
            return statement.await(DIRECT_RESULTS_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return null if there is no such operation */
    ThriftResult find(TOperationHandle handle) {
        return results.get(id(handle.getOperationId()));
    }

    void close(String id) {
        results.remove(id);
        statements.close(id);
    }

    /** @param rowOffset where to go on, null for where the last fetch ended */
    static TFetchResultsResp fetch(ThriftResult result, Long rowOffset) {
        try {
            return result.fetch(rowOffset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TException e) {
            throw new IllegalStateException(e);
        }
    }
}
