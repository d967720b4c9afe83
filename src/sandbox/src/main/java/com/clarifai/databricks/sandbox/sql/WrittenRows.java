package com.clarifai.databricks.sandbox.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.TransactionExecutionObserver;
import org.apache.spark.sql.delta.TransactionExecutionObserver$;
import scala.Function0;
import scala.Option;

/**
 * Watches the Delta transactions of one thread, to tell how many rows an INSERT or a CREATE TABLE AS SELECT wrote:
 * Databricks answers with that number, open-source Delta with nothing.
 */
final class WrittenRows implements TransactionExecutionObserver {

    private final List<OptimisticTransaction> transactions = new ArrayList<>();
    private Option<TransactionExecutionObserver> next = Option.empty();

    /** Runs the task and watches this thread meanwhile. */
    @SuppressWarnings("unchecked")
    <T> T during(Function0<T> task) {
        return (T) TransactionExecutionObserver$.MODULE$.withObserver(this, task);
    }

    /** Rows written by the committed transactions, or empty if none of them wrote rows. */
    OptionalLong count() {
        return transactions.stream()
                .filter(transaction -> transaction.committed().isDefined())
                .map(transaction -> transaction.getMetric("numOutputRows"))
                .filter(metric -> metric.isDefined())
                .mapToLong(metric -> metric.get().value())
                .reduce(Long::sum);
    }

    @Override
    public OptimisticTransaction startingTransaction(Function0<OptimisticTransaction> start) {
        OptimisticTransaction transaction = start.apply();
        transactions.add(transaction);
        return transaction;
    }

    @Override
    public Option<TransactionExecutionObserver> nextObserver() {
        return next;
    }

    @Override
    public void nextObserver_$eq(Option<TransactionExecutionObserver> observer) {
        next = observer;
    }

    @Override
    public TransactionExecutionObserver createChild() {
        return this;
    }

    @Override
    public <T> T preparingCommit(Function0<T> commit) {
        return commit.apply();
    }

    @Override
    public void beginDoCommit() {}

    @Override
    public void beginBackfill() {}

    @Override
    public void beginPostCommit() {}

    @Override
    public void transactionCommitted() {}

    @Override
    public void transactionAborted() {}
}
