package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tokens of open sessions, which are renewed within about a second. */
@Execution(ExecutionMode.CONCURRENT)
class SessionTokensTest {

    private volatile String token = "first";
    private final AtomicInteger refused = new AtomicInteger();
    private final SessionTokens tokens = new SessionTokens(() -> {
        if (token == null) {
            refused.incrementAndGet();
            throw new IllegalStateException("no token to be had");
        }
        return token;
    });

    @AfterEach
    void stop() {
        tokens.close();
    }

    @Test
    void sessionsAreOpenedWithTheTokenOfTheMoment() throws SQLException {
        assertThat(tokens.getCredentials().getPassword()).isEqualTo("first");
        Session opened = new Session();
        tokens.keep(opened.connection);
        assertThat(opened.given).isEmpty();

        token = "second";
        assertThat(tokens.getCredentials().getPassword()).isEqualTo("second");
        assertThat(tokens.getCredentials().getUsername()).isEqualTo("token");
    }

    /** The pool has opened it with the first one. */
    @Test
    void aSessionThatIsTakenFromThePoolAfterARenewalHasTheNewTokenAtOnceAndOnce() throws SQLException {
        Session session = new Session();
        token = "second";

        tokens.keep(session.connection);
        tokens.keep(session.connection);

        assertThat(session.given).containsExactly("Auth_AccessToken=second");
    }

    @Test
    void openSessionsGetEachRenewedTokenThoughOneCannotTakeIt() throws SQLException {
        Session session = new Session();
        Session broken = new Session();
        tokens.keep(session.connection);
        tokens.keep(broken.connection);
        broken.failing = true;

        token = "second";
        await().until(() -> broken.asked > 1);
        broken.failing = false;
        await().until(() -> session.given.size() == 1 && broken.given.size() == 1);
        token = "third";

        await().until(() -> session.given.size() == 2);
        assertThat(session.given).containsExactly("Auth_AccessToken=second", "Auth_AccessToken=third");
    }

    /** The statement itself fails, and says why, if that goes on. */
    @Test
    void aTokenThatCannotBeHadNowMayBeHadLater() throws SQLException {
        Session session = new Session();
        tokens.keep(session.connection);
        token = null;
        await().until(() -> refused.get() > 0);
        token = "second";

        await().until(() -> session.given.size() == 1);
    }

    @Test
    void sessionsThatAreClosedAreForgotten() throws SQLException {
        Session closed = new Session();
        closed.closed = true;
        Session open = new Session();
        tokens.keep(closed.connection);
        tokens.keep(open.connection);
        for (String renewed : List.of("second", "third", "fourth")) {
            token = renewed;
            await().until(() -> open.given.contains("Auth_AccessToken=" + renewed));
        }

        assertThat(closed.given).isEmpty();
        assertThat(closed.asked).isEqualTo(1);
    }

    /** A connection of the driver. */
    private static final class Session {

        private final List<String> given = new CopyOnWriteArrayList<>();
        private volatile boolean closed;
        private volatile boolean failing;
        private volatile int asked;
        private final Connection connection = (Connection) Proxy.newProxyInstance(
                SessionTokensTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, values) -> {
                    switch (method.getName()) {
                        case "isClosed" -> {
                            asked++;
                            return closed;
                        }
                        case "setClientInfo" -> {
                            if (failing) {
                                throw new SQLException("unreachable");
                            }
                            given.add(values[0] + "=" + values[1]);
                            return null;
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        case "equals" -> {
                            return proxy == values[0];
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }
}
