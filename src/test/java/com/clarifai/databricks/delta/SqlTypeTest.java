package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What JSON loses of the values of a type. */
class SqlTypeTest {

    @Example
    void names_in_back_ticks_and_types_with_commas_are_read() {
        SqlType type = SqlType.of("struct<`a,b>`:float,n:decimal(10,2),m:map<string,array<double>>>");

        assertThat(type.restored(Map.of("a,b>", "Infinity", "n", "NaN", "m", Map.of("k", List.of("-Infinity", 1)))))
                .isEqualTo(Map.of(
                        "a,b>",
                        Double.POSITIVE_INFINITY,
                        "n",
                        "NaN",
                        "m",
                        Map.of("k", List.of(Double.NEGATIVE_INFINITY, 1))));
    }

    @Property
    void any_type_leaves_what_it_does_not_understand(@ForAll("types") String type) {
        assertThat(SqlType.of(type).restored(Map.of("x", "text"))).isEqualTo(Map.of("x", "text"));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(
                        "struct<", "map<", "array<", ">", ",", ":", "x", "`", "double", "... 5 more fields", "(", ")")
                .list()
                .ofMaxSize(20)
                .map(pieces -> String.join("", pieces));
    }
}
