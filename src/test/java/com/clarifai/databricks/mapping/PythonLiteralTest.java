package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.InstanceOfAssertFactories;

class PythonLiteralTest {

    private static final int DEPTH = 32;

    @Example
    void a_dict_with_everything_that_python_prints() {
        Object parsed = PythonLiteral.parse("""
                {'filename': "o'hare.jpg", "quote": 'a"b', 'ok': True, 'no': False, 'nothing': None, 'n': -5,
                 'big': 12345678901234567890, 'f': 1.5e3, 'half': .5, 'list': [1, 2,], 'pair': (1, 'x'), 'one': (1,),
                 'same': (1), 'empty': {}, 'none': (), 'deep': {'a': {'b': [[]]}}, 7: 'seven', True: u'yes'}
                """, DEPTH);

        assertThat(parsed)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("filename", "o'hare.jpg")
                .containsEntry("quote", "a\"b")
                .containsEntry("ok", true)
                .containsEntry("no", false)
                .containsEntry("nothing", null)
                .containsEntry("n", -5L)
                .containsEntry("big", new BigInteger("12345678901234567890"))
                .containsEntry("f", 1500.0)
                .containsEntry("half", 0.5)
                .containsEntry("list", List.of(1L, 2L))
                .containsEntry("pair", List.of(1L, "x"))
                .containsEntry("one", List.of(1L))
                .containsEntry("same", 1L)
                .containsEntry("empty", Map.of())
                .containsEntry("none", List.of())
                .containsEntry("deep", Map.of("a", Map.of("b", List.of(List.of()))))
                .containsEntry("7", "seven")
                .containsEntry("true", "yes")
                .hasSize(18);
    }

    @Example
    void escapes_are_those_of_python() {
        assertThat(PythonLiteral.parse("'a\\n\\t\\'\\\"\\\\\\x41\\u00e9\\U0001F600\\101\\0\\/\\d\\\nend'", DEPTH))
                .isEqualTo("a\n\t'\"\\A\u00e9\uD83D\uDE00A\0/\\dend");
    }

    @Example
    void words_of_json_are_taken_as_the_original_took_them() {
        assertThat(PythonLiteral.parse("{'a': true, 'b': false, 'c': null}", DEPTH))
                .hasToString("{a=true, b=false, c=null}");
    }

    @Example
    void what_is_not_a_literal_is_refused_with_the_place() {
        assertRefused("{'a': 1", "the end comes too early");
        assertRefused("{'a' 1}", "unexpected 1 at character 6");
        assertRefused("{'a': b}", "unexpected b at character 7");
        assertRefused("{'a': nano}", "unexpected n at character 7");
        assertRefused("{'a': 'it's'}", "unexpected s at character 11");
        assertRefused("{'a': 'x}", "the text that starts at character 7 does not end");
        assertRefused("{1, 'a': 2}", "unexpected : at character 8");
        assertRefused("{'a': 1, 'a': 2}", "the key a is there twice");
        assertRefused("{'a': 1} {}", "unexpected { at character 10");
        assertRefused("b'x'", "bytes are not text");
        assertRefused("{(1, 2): 3}", "the key before character 8 is neither text nor a number");
        assertRefused("'\\x4'", "unexpected ' at character 5");
        assertRefused("'\\UFFFFFFFF'", "no such character before character 12");
        assertRefused("", "the end comes too early");
        assertRefused("1 + 1", "unexpected + at character 3");
        assertRefused("9".repeat(401), "the number at character 1 is too long");
    }

    @Example
    void lists_as_numpy_prints_them_have_white_space_between_items() {
        assertThat(PythonLiteral.parse("['cat' 'big dog'\n 'bird']", DEPTH))
                .isEqualTo(List.of("cat", "big dog", "bird"));
        assertThat(PythonLiteral.parse("[[1. 0.5]\n [2  -1 ]]", DEPTH))
                .isEqualTo(List.of(List.of(1.0, 0.5), List.of(2L, -1L)));
        assertRefused("['cat' 'dog', 'bird']", "unexpected , at character 13");
        assertRefused("['cat', 'dog' 'bird']", "unexpected ' at character 15");
        assertRefused("['cat''dog']", "unexpected ' at character 7");
        assertRefused("[1 2 ... 8 9]", "the list was cut short with ... when it was printed");
    }

    @Example
    void calls_that_programs_print_stand_for_their_value() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("array(['cat', 'dog'], dtype=object)", List.of("cat", "dog"));
        expected.put("np.array([0.5, 1], dtype=float32)", List.of(0.5, 1L));
        expected.put("array([], dtype='<U3')", List.of());
        expected.put("{'cat', 'dog'}", List.of("cat", "dog"));
        expected.put("frozenset({'cat'})", List.of("cat"));
        expected.put("set()", List.of());
        expected.put("[np.float64(0.5), np.str_('x'), np.int64(3), np.True_]", List.of(0.5, "x", 3L, true));
        expected.put("Index(['a'], dtype='object', name=\"n\")", List.of("a"));
        expected.put("tensor([0.5, 1.], device='cuda:0')", List.of(0.5, 1.0));
        expected.put("Decimal('1.10')", 1.1);
        expected.put("Decimal('0.12345678901234567890')", new BigDecimal("0.12345678901234567890"));
        expected.put("OrderedDict([('a', 1), ('b', 2)])", Map.of("a", 1L, "b", 2L));
        expected.put("defaultdict(<class 'int'>, {'a': 1})", Map.of("a", 1L));
        expected.put("Row(id='cat', value=1.0)", Map.of("id", "cat", "value", 1.0));
        expected.put("datetime.datetime(2024, 5, 1, 10, 0, tzinfo=datetime.timezone.utc)", "2024-05-01T10:00Z");
        expected.put("datetime.date(2024, 5, 1)", "2024-05-01");
        expected.put("Timestamp('2024-05-01 10:00:00', tz='UTC')", "2024-05-01 10:00:00");
        expected.put("UUID('12345678-1234-5678-1234-567812345678')", "12345678-1234-5678-1234-567812345678");
        expected.put(
                "[nan, -inf, inf, np.nan]",
                List.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN));
        expected.put("[None, NaT, <NA>, pd.NA]", Arrays.asList(null, null, null, null));

        expected.forEach((text, value) ->
                assertThat(PythonLiteral.parse(text, DEPTH)).as(text).isEqualTo(value));
    }

    @Example
    void other_calls_are_refused_with_their_name() {
        assertRefused("open('x')", "open(…) is not a kind of data that is known");
        assertRefused("array(object)", "array(…) is not a kind of data that is known");
        assertRefused("datetime.datetime(2024, 13, 1)", "no such time: [2024, 13, 1]");
        assertRefused(
                "datetime.datetime(2024, 1, 1, tzinfo='x')",
                "datetime.datetime(…) is not a kind of data that is known");
        assertRefused("Decimal('Infinity')", "no number: \"Infinity\"");
        assertRefused("array(".repeat(100_000), "nested more than 32 levels deep");
        assertRefused("<object at 0x7f>", "unexpected < at character 1");
        assertRefused("-None", "unexpected - at character 1");
    }

    @Example
    void numbers_keep_all_their_digits() {
        assertThat(PythonLiteral.parse("[9007199254740993, 0.1234567890123456789, 0.1, 1e-400]", DEPTH))
                .isEqualTo(List.of(
                        9007199254740993L, new BigDecimal("0.1234567890123456789"), 0.1, new BigDecimal("1e-400")));
        assertRefused("1e99999999999", "not a number that can be read: \"1e99999999999\"");
    }

    @Example
    void nesting_is_bounded() {
        assertThat(PythonLiteral.parse("[".repeat(DEPTH) + "]".repeat(DEPTH), DEPTH))
                .isInstanceOf(List.class);
        assertRefused("[".repeat(DEPTH + 1) + "]".repeat(DEPTH + 1), "nested more than 32 levels deep");
        assertRefused("[({".repeat(300_000), "nested more than 32 levels deep");
    }

    @Property
    void what_python_prints_comes_back(@ForAll("values") Object value) {
        assertThat(PythonLiteral.parse(repr(value), DEPTH)).isEqualTo(value);
    }

    @Property
    void any_text_is_a_value_or_refused(@ForAll("noise") String text) {
        try {
            PythonLiteral.parse(text, DEPTH);
        } catch (RefusedValueException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Property
    void a_literal_that_is_cut_short_is_refused(@ForAll("values") Object value, @ForAll double where) {
        String text = "[" + repr(value) + "]";
        int end = (int) (Math.abs(where % 1) * text.length());

        assertThatExceptionOfType(RefusedValueException.class)
                .isThrownBy(() -> PythonLiteral.parse(text.substring(0, end), DEPTH));
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.just((Object) null));
        for (int depth = 0; depth < 3; depth++) {
            values = nested(values);
        }
        return values;
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> values) {
        return Arbitraries.oneOf(
                        values,
                        values.list().ofMaxSize(3).map(list -> (Object) new ArrayList<>(list)),
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), values)
                                .ofMaxSize(3)
                                .map(map -> (Object) map))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<String> noise() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                "array(",
                "Row(a=",
                "datetime.date(",
                "<NA>",
                "nan",
                "'",
                "\"",
                ":",
                ",",
                "\\",
                "\\u",
                "\\x",
                "\\777",
                "True",
                "None",
                "1",
                "-",
                ".",
                "e9",
                "u'",
                " ",
                "\n",
                "é",
                "\uD83D",
                "0x1");
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(50),
                pieces.list().ofMaxSize(60).map(list -> String.join("", list)));
    }

    private static String repr(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof String text) {
            return repr(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PythonLiteralTest::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** Apostrophes around, unless only they are inside; anything beyond ASCII escaped. */
    private static String repr(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder repr = new StringBuilder().append(quote);
        for (char c : text.toCharArray()) {
            if (c == quote || c == '\\') {
                repr.append('\\').append(c);
            } else if (c < ' ') {
                repr.append(String.format("\\x%02x", (int) c));
            } else if (c > '~') {
                repr.append(String.format("\\u%04x", (int) c));
            } else {
                repr.append(c);
            }
        }
        return repr.append(quote).toString();
    }

    private static void assertRefused(String text, String reason) {
        assertThatExceptionOfType(RefusedValueException.class)
                .isThrownBy(() -> PythonLiteral.parse(text, DEPTH))
                .withMessage(reason);
    }
}
