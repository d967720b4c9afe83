package com.clarifai.databricks.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    @Test
    void readsEveryPartOfASpec() {
        assertThat(Fault.parse("files:GET=503,after=2,times=3,retry-after=7"))
                .isEqualTo(new Fault("files:GET", Fault.Kind.STATUS, "503", 7, 2, 3));
        assertThat(Fault.parse("clarifai:*=grpc:UNAVAILABLE").argument()).isEqualTo("UNAVAILABLE");
        assertThat(Fault.parse("uc:volumes=delay:250").delay()).hasMillis(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files:GET",
                "=503",
                "files:GET=explode",
                "files:GET=STATUS",
                "files:GET=delay",
                "clarifai:PostInputs=code",
                "files:GET=503,times",
                "files:GET=503,times=many",
                "files:GET=503,until=4"
            })
    void refusesASpecItDoesNotUnderstand(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.parse(spec))
                .withMessageContaining("fault '" + spec + "'");
    }

    @Test
    void strikesOnlyInItsWindowAndOnlyItsTarget() {
        Traffic traffic = new Traffic();
        traffic.plan(Fault.parse("files:*=503,after=1,times=2"));

        assertThat(IntStream.range(0, 5).mapToObj(i -> traffic.call("files:GET").isPresent()))
                .containsExactly(false, true, true, false, false);
        assertThat(traffic.call("uc:volumes")).isEmpty();
        assertThat(traffic.counts()).containsEntry("files:GET", 5L).containsEntry("uc:volumes", 1L);
    }
}
