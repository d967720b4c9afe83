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
        assertThat(Fault.parse("files:GET=503,after=2,times=3,retry-after=7,every=4,path=/a=b"))
                .isEqualTo(new Fault("files:GET", Fault.Kind.STATUS, "503", 7, 2, 3, 4, "/a=b"));
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
                "files:GET=503,every=0",
                "files:GET=503,path",
                "files:GET=503,until=4"
            })
    void refusesASpecItDoesNotUnderstand(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.parse(spec))
                .withMessageContaining("fault '" + spec + "'");
    }

    @Test
    void strikesEachNthCallOfAPath() {
        Traffic traffic = new Traffic();
        traffic.plan(Fault.parse("data:GET=503,every=2,after=1,times=2,path=/a"));

        assertThat(traffic.call("data:GET", "/b")).isEmpty();
        assertThat(traffic.call("data:GET")).isEmpty();
        assertThat(IntStream.range(0, 8)
                        .mapToObj(i -> traffic.call("data:GET", "/x/a" + i).isPresent()))
                .containsExactly(false, false, true, false, true, false, false, false);
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
