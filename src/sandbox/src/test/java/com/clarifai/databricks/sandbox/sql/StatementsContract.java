package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.sql.Warehouse.Protocol;
import com.databricks.jdbc.api.impl.DatabricksConnection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver's users see of SQL, whichever protocol it speaks. */
@ExtendWith(SharedWarehouse.class)
abstract class StatementsContract {

    private final Protocol protocol;
    Warehouse warehouse;
    Connection connection;

    StatementsContract(Protocol protocol) {
        this.protocol = protocol;
    }

    @BeforeEach
    void connect(Warehouse shared) throws SQLException {
        warehouse = shared;
        connection = connect("");
    }

    @Test
    void aSessionExpiresAfterAsManyStatementsAsAskedForAndIsToldInOtherWordsEachTime() throws SQLException {
        warehouse.endpoint.switches().sessionStatements(1);
        Set<String> words = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (Connection expiring = connect("")) {
                assertThat(query(expiring, "SELECT 1")).containsExactly("1");
                words.add(catchThrowable(() -> query(expiring, "SELECT 1"))
                        .getMessage()
                        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID"));
            }
        }

        assertThat(words).hasSize(2).allMatch(message -> message.matches("(?is).*session.*"));
    }

    @AfterEach
    void disconnect() throws SQLException {
        warehouse.endpoint.switches().sessionStatements(0);
        warehouse.traffic.clearFaults();
        connection.close();
    }

    private Connection connect(String options) throws SQLException {
        return warehouse.connect(protocol, options);
    }

    @Test
    void parametersAreBoundWithTheirTypes() throws SQLException {
        String text = "it's \"quoted\" \\ \\n ? :x ${y} `z` -- /* äöü 日本 \uD83D\uDE00 \n\t end";
        Timestamp time = Timestamp.from(Instant.parse("2024-05-06T07:08:09.123456Z"));
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT ? AS s, ? AS n, ? AS i, ? AS d, ? AS t, ? AS b, ? AS day, ? AS x, typeof(?) AS type")) {
            statement.setString(1, text);
            statement.setLong(2, Long.MAX_VALUE);
            statement.setInt(3, -1);
            statement.setBigDecimal(4, new BigDecimal("12345.6789"));
            statement.setTimestamp(5, time);
            statement.setBoolean(6, true);
            statement.setDate(7, Date.valueOf("2024-02-29"));
            statement.setDouble(8, 0.1);
            statement.setNull(9, Types.BIGINT);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("s")).isEqualTo(text);
                assertThat(row.getLong("n")).isEqualTo(Long.MAX_VALUE);
                assertThat(row.getInt("i")).isEqualTo(-1);
                assertThat(row.getBigDecimal("d")).isEqualByComparingTo("12345.6789");
                assertThat(row.getTimestamp("t")).isEqualTo(time);
                assertThat(row.getBoolean("b")).isTrue();
                assertThat(row.getDate("day")).isEqualTo(Date.valueOf("2024-02-29"));
                assertThat(row.getDouble("x")).isEqualTo(0.1);
                assertThat(row.getString("type")).isEqualTo("bigint");
            }
        }
    }

    @Test
    void nullParameterIsStoredAsNull() throws SQLException {
        run(connection, "CREATE OR REPLACE TABLE main.default.params (id STRING, n BIGINT, at TIMESTAMP)");
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO main.default.params VALUES (?, ?, ?), (?, ?, ?)")) {
            insert.setString(1, "a");
            insert.setNull(2, Types.BIGINT);
            insert.setNull(3, Types.TIMESTAMP);
            insert.setString(4, null);
            insert.setObject(5, 5);
            insert.setTimestamp(6, Timestamp.from(Instant.EPOCH));
            assertThat(insert.executeUpdate()).isEqualTo(2);
        }
        assertThat(query(connection, "SELECT id, n, unix_millis(at) FROM main.default.params ORDER BY n"))
                .containsExactly("a|null|null", "null|5|0");
        run(connection, "DROP TABLE main.default.params");
    }

    @Test
    void valuesOfEveryTypeArrive() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT unhex('00FF41') AS bin, cast(12.50 AS DECIMAL(10,2)) AS dec, true AS yes,
                          timestamp'2024-01-02 03:04:05.678' AS at, date'2024-02-29' AS day, 1.5F AS f, 7Y AS tiny,
                          array(named_struct('id', 'c"1', 'value', null)) AS list, map('k', 1) AS m,
                          parse_json('{"a": [1, null]}') AS v, cast(null AS BIGINT) AS missing, 1 AS twice, 2 AS twice
                        """)) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBytes("bin")).isEqualTo(new byte[] {0, (byte) 0xFF, 'A'});
            assertThat(row.getObject("dec")).isEqualTo(new BigDecimal("12.50"));
            assertThat(row.getObject("yes")).isEqualTo(true);
            assertThat(row.getTimestamp("at").toInstant()).isEqualTo(Instant.parse("2024-01-02T03:04:05.678Z"));
            assertThat(row.getDate("day")).isEqualTo(Date.valueOf("2024-02-29"));
            assertThat(row.getFloat("f")).isEqualTo(1.5F);
            assertThat(row.getInt("tiny")).isEqualTo(7);
            assertThat(row.getString("list")).isEqualTo("[{\"id\":\"c\\\"1\",\"value\":null}]");
            assertThat(row.getString("m")).isEqualTo("{\"k\":1}");
            assertThat(row.getString("v")).isEqualTo("{\"a\":[1,null]}");
            assertThat(row.getObject("missing")).isNull();
            assertThat(row.getInt(12)).isEqualTo(1);
            assertThat(row.getInt(13)).isEqualTo(2);
            assertThat(row.getMetaData().getColumnTypeName(8))
                    .isEqualTo("ARRAY<STRUCT<id: STRING NOT NULL, value: VOID>>");
            assertThat(row.getMetaData().getColumnType(4)).isEqualTo(Types.TIMESTAMP);
        }
    }

    @Test
    void largeResultArrivesWholeInChunks() throws SQLException {
        warehouse.traffic.clearCounts();
        long sum = 0;
        long rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT id, repeat('x', 60) AS text FROM range(200000) ORDER BY id")) {
            while (result.next()) {
                assertThat(result.getLong(1)).isEqualTo(rows++);
                sum += result.getString(2).length();
            }
        }
        assertThat(rows).isEqualTo(200_000);
        assertThat(sum).isEqualTo(12_000_000);
        assertThat(warehouse.traffic.counts())
                .containsEntry("sql:statements", 1L)
                .hasEntrySatisfying("sql:chunks", chunks -> assertThat(chunks).isBetween(2L, 10L));
    }

    @Test
    void rowLimitCutsTheResult() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(3);
            try (ResultSet result = statement.executeQuery("SELECT id FROM range(10)")) {
                assertThat(IntStream.iterate(0, i -> next(result), i -> i + 1).count())
                        .isEqualTo(3);
            }
        }
    }

    private static boolean next(ResultSet result) {
        try {
            return result.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Cross joins of a million rows by a million: one that takes its rows one by one, one that sorts them, one that writes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM range(1000000) a JOIN range(1000000) b ON a.id + b.id = -1",
                "SELECT a.id, b.id FROM range(0, 1000000, 1, 1) a CROSS JOIN range(1000000) b ORDER BY a.id % 7 LIMIT 5",
                "CREATE OR REPLACE TABLE main.default.endless AS"
                        + " SELECT a.id FROM range(1000000) a JOIN range(1000000) b ON a.id + b.id < 0"
            })
    void cancelledStatementStops(String sql) throws Exception {
        try (RunningTasks tasks = new RunningTasks();
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> outcome = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(SQLException.class, () -> statement.execute(sql)));
            await().until(tasks::any);

            // the driver only knows what to cancel when it knows the statement's id
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                statement.cancel();
                return outcome.isDone();
            });
            assertThat((Throwable) outcome.join()).message().containsIgnoringCase("cancel");
            await().atMost(Duration.ofSeconds(5)).until(tasks::none);
        }
        assertThat(query(connection, "SELECT 1")).containsExactly("1");
    }

    @Test
    void closedSessionEndsWhatRunsInIt() throws Exception {
        Connection closed = connect("");
        RunningTasks tasks = new RunningTasks();
        CompletableFuture<SQLException> outcome = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                SQLException.class,
                () -> query(
                        closed, "SELECT count(*) FROM range(1000000) a JOIN range(1000000) b ON a.id + b.id = -1")));
        await().until(tasks::any);

        // to close the connection waits for its statements first, for a minute
        closed.unwrap(DatabricksConnection.class).getSession().close();

        await().atMost(Duration.ofSeconds(5)).until(tasks::none);
        assertThat((Throwable) outcome.get(15, TimeUnit.SECONDS)).isNotNull();
        tasks.close();
    }

    @Test
    void plannedErrorClassFailsOneStatement() throws SQLException {
        warehouse.traffic.plan(Fault.parse("sql:statements=code:DELTA_CONCURRENT_APPEND,times=1"));

        SQLException failure = catchThrowableOfType(SQLException.class, () -> query(connection, "SELECT 1"));

        assertThat((Throwable) failure).hasMessageContaining("[DELTA_CONCURRENT_APPEND] ");
        assertThat(failure.getSQLState()).isEqualTo("2D521");
        assertThat(query(connection, "SELECT 1")).containsExactly("1");
    }

    @Test
    void driverRetriesAWarehouseThatIsNotReady() throws SQLException {
        warehouse.traffic.clearCounts();
        warehouse.traffic.plan(Fault.parse("sql:statements=503,retry-after=1,times=1"));

        assertThat(query(connection, "SELECT 1")).containsExactly("1");
        assertThat(warehouse.traffic.counts()).containsEntry("sql:statements", 2L);
    }

    @Test
    void lostAnswerLeavesTheEffect() throws SQLException {
        run(connection, "CREATE OR REPLACE TABLE main.default.lost (n INT)");
        warehouse.traffic.plan(Fault.parse("sql:statements=lost,times=1"));

        assertThatThrownBy(() -> run(connection, "INSERT INTO main.default.lost VALUES (1)"))
                .isInstanceOf(SQLException.class);
        // the answer is lost after a second at the latest, the statement goes on to its end
        await().untilAsserted(() ->
                assertThat(query(connection, "SELECT n FROM main.default.lost")).containsExactly("1"));

        warehouse.traffic.plan(Fault.parse("sql:statements=reset,times=1"));
        assertThatThrownBy(() -> run(connection, "INSERT INTO main.default.lost VALUES (2)"))
                .isInstanceOf(SQLException.class);
        assertThat(query(connection, "SELECT n FROM main.default.lost")).containsExactly("1");
        run(connection, "DROP TABLE main.default.lost");
    }

    @Test
    void delayedAnswerStillArrives() throws SQLException {
        warehouse.traffic.plan(Fault.parse("sql:statements=delay:300,times=1"));
        long start = System.nanoTime();

        assertThat(query(connection, "SELECT 1")).containsExactly("1");
        assertThat(System.nanoTime() - start).isGreaterThan(300_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT * FROM main.default.absent;            TABLE_OR_VIEW_NOT_FOUND;            42P01
            SELECT * FROM main.absent.t;                 TABLE_OR_VIEW_NOT_FOUND;            42P01
            SELECT * FROM absent.default.t;              NO_SUCH_CATALOG_EXCEPTION;          42704
            CREATE TABLE absent.default.t (n INT);       NO_SUCH_CATALOG_EXCEPTION;          42704
            CREATE TABLE main.absent.t (n INT);          SCHEMA_NOT_FOUND;                   42704
            SHOW TABLES IN main.absent;                  SCHEMA_NOT_FOUND;                   42704
            SET CATALOG absent;                          NO_SUCH_CATALOG_EXCEPTION;          42704
            CREATE TABLE main.default.`../t` (n INT);     INVALID_NAME;                       42602
            SELECT * FROM csv.`/Volumes/main/default/v/`; PATH_NOT_FOUND;                     42K03
            SELECT absent FROM range(1);                 UNRESOLVED_COLUMN.WITH_SUGGESTION;  42703
            SELEC 1;                                     PARSE_SYNTAX_ERROR;                 42601
            SELECT 1 / 0;                                DIVIDE_BY_ZERO;                     22012
            SELECT raise_error('broken') FROM range(9);  USER_RAISED_EXCEPTION;              P0001
            """)
    void failureCarriesItsErrorClassAndState(String sql, String errorClass, String state) {
        SQLException failure = catchThrowableOfType(SQLException.class, () -> run(connection, sql));

        assertThat((Throwable) failure)
                .hasMessageContaining("[" + errorClass + "] ")
                .hasMessageContaining("SQLSTATE: " + state);
        assertThat(failure.getSQLState()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT * FROM text.`file:/etc/hostname`;                      INSUFFICIENT_PERMISSIONS
            SELECT * FROM text.`file:///etc/`;                            INSUFFICIENT_PERMISSIONS
            INSERT OVERWRITE DIRECTORY 'file:/var/outside' USING json SELECT 1 AS n; INSUFFICIENT_PERMISSIONS
            SELECT * FROM text.`/etc/hostname`;                           PATH_NOT_FOUND
            SELECT * FROM text.`/Volumes/../../etc/hostname`;             PATH_NOT_FOUND
            SELECT * FROM text.`https://example.com/a.txt`;               NO_PARENT_EXTERNAL_LOCATION_FOR_PATH
            SELECT * FROM delta.`abfss://c@account.dfs.core.windows.net/t`; NO_PARENT_EXTERNAL_LOCATION_FOR_PATH
            """)
    void filesOutsideOfVolumesAndBucketsAreRefused(String sql, String errorClass) {
        assertThatThrownBy(() -> run(connection, sql)).hasMessageContaining("[" + errorClass);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 1_100_000})
    void bytesOfParametersAreLimited(int bytes) throws SQLException {
        // three bytes a character
        String value = "\u70b9".repeat(bytes / 3);
        try (PreparedStatement statement = connection.prepareStatement("SELECT length(?)")) {
            statement.setString(1, value);
            if (bytes < 1 << 20) {
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(value.length());
                }
            } else {
                assertThatThrownBy(statement::executeQuery).hasMessageContaining("1048576 bytes together");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256})
    void parametersAreLimited(int count) throws SQLException {
        String sql = "SELECT size(array(" + "?, ".repeat(count - 1) + "?))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= count; i++) {
                statement.setInt(i, i);
            }
            if (count == 255) {
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(255);
                }
            } else {
                assertThatThrownBy(statement::executeQuery).hasMessageContaining("255 parameter markers at most");
            }
        }
    }

    @Test
    void unknownSchemaOfAConnectionIsRefused() {
        assertThatThrownBy(() -> connect(";ConnCatalog=main;ConnSchema=absent"))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("SCHEMA_NOT_FOUND");
    }
}
