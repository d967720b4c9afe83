package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.internal.sdk.core.DatabricksError;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever uses JDBC counts on an SQLException, whatever the driver's HTTP client throws. */
class SqlExceptionsOnlyTest {

    private final StatementWatch watch = new StatementWatch(Duration.ofMinutes(1), 1);
    private final Map<String, Throwable> failing = new HashMap<>();
    private final DataSource source = SqlExceptionsOnly.of(driver(DataSource.class), watch);

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void whatTheHttpClientThrowsIsAnSqlExceptionOfConnectionsStatementsAndResults() throws SQLException {
        Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1");
        assertThat(rows.next()).isTrue();

        failing.put("next", error("gone"));
        failing.put("executeQuery", error("busy"));
        failing.put("createStatement", error("lost"));
        failing.put("getConnection", error("unreachable"));

        assertThatThrownBy(rows::next)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("gone")
                .hasCauseInstanceOf(DatabricksError.class);
        assertThatThrownBy(() -> statement.executeQuery("SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("busy");
        assertThatThrownBy(connection::createStatement)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("lost");
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("unreachable");
    }

    @Test
    void otherFailuresAreAsTheDriverHasThem() throws SQLException {
        SQLException refused = new SQLException("refused", "42501");
        Statement statement = source.getConnection().createStatement();

        failing.put("executeQuery", refused);
        failing.put("getUpdateCount", new UnsupportedOperationException("never"));

        assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isSameAs(refused);
        assertThatThrownBy(statement::getUpdateCount).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatCannotBeClosedIsGivenUp() throws SQLException {
        Connection connection = source.getConnection();
        failing.put("close", error("unreachable"));

        assertThatCode(connection::close).doesNotThrowAnyException();

        failing.put("close", new SQLException("refused"));
        assertThatThrownBy(connection::close).isInstanceOf(SQLException.class);
    }

    /** The pool keeps them in sets, and asks the driver for things that are none of these. */
    @Test
    void eachIsEqualToItselfAloneAndOtherResultsPassThrough() throws SQLException {
        Connection connection = source.getConnection();

        assertThat(connection.equals(connection)).isTrue();
        assertThat(connection.equals(source.getConnection())).isFalse();
        assertThat(source.getLoginTimeout()).isEqualTo(7);
        assertThat(connection.getMetaData()).isNull();
    }

    private static DatabricksError error(String message) {
        return new DatabricksError("X", message, 500);
    }

    /** A driver that does what it should, but where it is failing. */
    private <T> T driver(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (failing.containsKey(method.getName())) {
                        throw failing.get(method.getName());
                    }
                    return switch (method.getName()) {
                        case "getConnection" -> driver(Connection.class);
                        case "createStatement" -> driver(Statement.class);
                        case "executeQuery" -> driver(ResultSet.class);
                        case "next" -> true;
                        case "getLoginTimeout" -> 7;
                        default -> null;
                    };
                }));
    }
}
