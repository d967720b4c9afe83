package com.clarifai.databricks.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.CapturedLog;
import com.google.common.base.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.codec.digest.Crypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleAccessTest {

    @Test
    void aSessionEndsTwelveHoursAfterItsSignInHoweverMuchItIsUsed() {
        AtomicLong nanos = new AtomicLong();
        ConsoleAccess access = ConsoleAccess.byToken(new Ticker() {
            @Override
            public long read() {
                return nanos.get();
            }
        });
        String session = access.signIn(access.token()).orElseThrow();

        for (int hour = 1; hour < 12; hour++) {
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(access.user(session)).contains(ConsoleAccess.TOKEN_USER);
        }
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(access.user(session)).isEmpty();
    }

    @Test
    void sessionsAndTokensAreLongAndNeverTheSame() {
        ConsoleAccess access = ConsoleAccess.byToken();

        assertThat(access.token())
                .hasSize(32)
                .isNotEqualTo(ConsoleAccess.byToken().token());
        assertThat(access.signIn(access.token()).orElseThrow())
                .hasSize(32)
                .isNotEqualTo(access.signIn(access.token()).orElseThrow());
    }

    @Test
    void signInsAndRefusalsAreLoggedWithoutWhatWasEntered(@TempDir Path folder) throws IOException {
        ConsoleAccess access = ConsoleAccess.byUsers(Files.writeString(
                folder.resolve("users"), "alice:" + Crypt.crypt("correct horse", "$6$rounds=1000$abcdefgh")));

        try (CapturedLog log = new CapturedLog(ConsoleAccess.class.getName())) {
            access.signIn("alice", "correct horse");
            access.signIn("alice", "battery");
            access.signIn("mallory\nConsole: signed in with root", "staple");

            assertThat(log.messages())
                    .containsExactly(
                            "Console: signed in with alice",
                            "Console: an attempt to sign in with alice was refused",
                            "Console: an attempt to sign in with a name that is unknown was refused");
        }
    }

    @Test
    void passwordsAreNotGuessedByTryingMany(@TempDir Path folder) throws IOException {
        ConsoleAccess access = ConsoleAccess.byUsers(Files.writeString(
                folder.resolve("users"), "alice:" + Crypt.crypt("correct horse", "$6$rounds=1000$abcdefgh")));

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(access.signIn("alice", "guess " + i)).isEmpty();
            }
        });
    }
}
