package com.clarifai.databricks.delta;

import com.databricks.internal.sdk.core.DatabricksError;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's connections, statements and results, without the unchecked errors of its HTTP client that it lets through:
 * whoever uses JDBC, the pool and the routes among them, counts on an {@link SQLException}.
 *
 * <p>Statements that run are watched, so that those which nobody waits for any more are cancelled.
 *
 * <p>What cannot be closed is given up: the statement has been run by then, and the server closes what it hears no more of.
 */
final class SqlExceptionsOnly implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SqlExceptionsOnly.class);
    private static final Set<Class<?>> WRAPPED =
            Set.of(Connection.class, Statement.class, PreparedStatement.class, ResultSet.class);

    private final Object driver;
    private final StatementWatch watch;

    private SqlExceptionsOnly(Object driver, StatementWatch watch) {
        this.driver = driver;
        this.watch = watch;
    }

    static DataSource of(DataSource driver, StatementWatch watch) {
        return (DataSource) wrap(DataSource.class, driver, watch);
    }

    private static Object wrap(Class<?> type, Object driver, StatementWatch watch) {
        return Proxy.newProxyInstance(
                SqlExceptionsOnly.class.getClassLoader(), new Class<?>[] {type}, new SqlExceptionsOnly(driver, watch));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if ("equals".equals(method.getName())) {
            return proxy == arguments[0];
        }
        Object result =
                driver instanceof Statement statement && method.getName().startsWith("execute")
                        ? watched(statement, method, arguments)
                        : call(method, arguments);
        Class<?> type = method.getReturnType();
        return result != null && WRAPPED.contains(type) ? wrap(type, result, watch) : result;
    }

    private Object watched(Statement statement, Method method, Object... arguments) throws Throwable {
        try (StatementWatch.Watched watched = watch.watch(statement)) {
            try {
                return call(method, arguments);
            } catch (SQLException e) {
                throw watched.told(e);
            }
        }
    }

    private Object call(Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(driver, arguments);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof DatabricksError failure)) {
                throw e.getCause();
            }
            if ("close".equals(method.getName())) {
                LOG.info("Could not close what the SQL driver had open: {}", failure.getMessage());
                return null;
            }
            throw new SQLException(failure.getMessage(), failure);
        }
    }
}
