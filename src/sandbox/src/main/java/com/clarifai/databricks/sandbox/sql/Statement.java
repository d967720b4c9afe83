package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Rights;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CurrentUserContext;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.command.ShowCatalogsCommand;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One statement from its submission to the release of its result. */
final class Statement implements Runnable, AutoCloseable {

    enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Statement.class);

    private static final StructType INSERTED =
            new StructType().add("num_affected_rows", DataTypes.LongType).add("num_inserted_rows", DataTypes.LongType);

    private final String id;
    private final String sessionId;
    private final Workspace workspace;
    private final SparkSession session;
    private final Query query;
    private final Maintenance maintenance;
    private final Instant submitted = Instant.now();
    private final CountDownLatch done = new CountDownLatch(1);

    private State state = State.PENDING;
    /** The last state but {@link State#CLOSED}, which does not tell how the statement ended. */
    private State outcome = State.PENDING;

    private Instant finished = Instant.MAX;
    private Result result;
    private SqlError error;

    /** @param sessionId null for a statement outside of a session */
    Statement(
            String id,
            String sessionId,
            Workspace workspace,
            SparkSession session,
            Query query,
            Maintenance maintenance) {
        this.id = id;
        this.sessionId = sessionId;
        this.workspace = workspace;
        this.session = session;
        this.query = query;
        this.maintenance = maintenance;
    }

    String id() {
        return id;
    }

    String sessionId() {
        return sessionId;
    }

    synchronized State state() {
        return state;
    }

    synchronized State outcome() {
        return outcome;
    }

    String sql() {
        return query.sql();
    }

    Instant submitted() {
        return submitted;
    }

    /** When the statement ended, far in the future while it has not. */
    synchronized Instant finished() {
        return finished;
    }

    synchronized Optional<Result> result() {
        return Optional.ofNullable(result);
    }

    synchronized Optional<SqlError> error() {
        return Optional.ofNullable(error);
    }

    /** Whether the statement ended within that time. */
    boolean await(Duration time) throws InterruptedException {
        return done.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        if (!moveTo(State.RUNNING)) {
            return;
        }
        SparkSession.setActiveSession(session);
        CurrentUserContext.CURRENT_USER().set(Rights.OWNER);
        session.sparkContext().setJobGroup(id, query.sql(), true);
        try {
            succeed(execute());
        } catch (Throwable e) {
            fail(SqlError.of(e));
            if (e instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            LOG.debug("Statement {} failed", id, e);
        } finally {
            session.sparkContext().clearJobGroup();
            SparkSession.clearActiveSession();
            CurrentUserContext.CURRENT_USER().remove();
        }
    }

    private Result execute() throws Exception {
        Optional<Dataset<Row>> extension = workspace.extension(session, query.sql());
        if (extension.isPresent()) {
            return encode(extension.get());
        }
        workspace.authorize(session, query.sql());
        StatementParameters values = StatementParameters.of(
                query.parameters(), session.sessionState().conf().sessionLocalTimeZone());
        WrittenRows written = new WrittenRows();
        Dataset<Row> rows =
                written.during(() -> ReadPolicies.during(query.sql(), () -> values.execute(session, query.sql())));
        maintenance.after(query.sql(), session);
        OptionalLong inserted = written.count();
        if (rows.schema().isEmpty() && inserted.isPresent()) {
            Row counts = RowFactory.create(inserted.getAsLong(), inserted.getAsLong());
            rows = session.createDataFrame(List.of(counts), INSERTED);
        }
        if (isShowCatalogs(rows)) {
            rows = rows.where("catalog <> 'spark_catalog'");
        }
        return encode(rows);
    }

    private Result encode(Dataset<Row> rows) throws IOException {
        if (rows.schema().isEmpty()) {
            return Result.empty();
        }
        try (Chunks chunks = query.format().encode(rows, query.rowLimit())) {
            return new Result(rows.schema(), chunks);
        }
    }

    private static boolean isShowCatalogs(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                        .queryExecution()
                        .analyzed()
                instanceof ShowCatalogsCommand;
    }

    private synchronized boolean moveTo(State next) {
        if (finished.isBefore(Instant.MAX)) {
            return false;
        }
        state = next;
        outcome = next;
        if (next != State.RUNNING) {
            finished = Instant.now();
            done.countDown();
        }
        return true;
    }

    private synchronized void succeed(Result rows) {
        if (moveTo(State.SUCCEEDED)) {
            result = rows;
        } else {
            rows.close();
        }
    }

    synchronized void fail(SqlError failure) {
        if (moveTo(State.FAILED)) {
            error = failure;
        }
    }

    /** Stops the statement; one that has ended stays as it is. */
    void cancel() {
        if (moveTo(State.CANCELED)) {
            session.sparkContext().cancelJobGroupAndFutureJobs(id);
        }
    }

    @Override
    public void close() {
        cancel();
        synchronized (this) {
            state = State.CLOSED;
            if (result != null) {
                result.close();
            }
        }
    }
}
