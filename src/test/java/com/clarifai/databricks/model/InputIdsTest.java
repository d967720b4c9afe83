package com.clarifai.databricks.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputIdsTest {

    private static final String ACCEPTED = "[A-Za-z0-9_-]{1,48}";

    @ParameterizedTest
    @CsvSource({"dog.jpg, dog", "IMG_0001.JPEG, IMG_0001", "2a1-b_c.png, 2a1-b_c", "noextension, noextension"})
    void nameThatFitsIsTheId(String name, String id) {
        assertThat(InputIds.idOf(name, "/Volumes/c/s/v/" + name)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "my photo.jpg, my_photo-",
                "Ünï cødé.webp, Uni_c_de-",
                "photo.v2.jpeg, photo_v2-",
                ".hidden.jpg, hidden-",
                "o'hare.png, o_hare-",
                "日本.png, image-",
                "100%.gif, 100-"
            })
    void nameThatDoesNotFitIsCleanedAndMarked(String name, String start) {
        assertThat(InputIds.idOf(name, "/Volumes/c/s/v/" + name))
                .matches(ACCEPTED)
                .matches("\\Q" + start + "\\E[0-9a-f]{16}");
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 49, 200})
    void longNameIsShortened(int length) {
        String id = InputIds.idOf("x".repeat(length) + ".jpg", "/Volumes/c/s/v/" + "x".repeat(length) + ".jpg");

        assertThat(id).hasSize(48);
        assertThat(id.equals("x".repeat(48))).isEqualTo(length == 48);
    }

    @Test
    void composedAndDecomposedAccentsAreDifferentFiles() {
        String composed = InputIds.idOf("caf\u00e9.jpg", "/Volumes/c/s/v/caf\u00e9.jpg");
        String decomposed = InputIds.idOf("cafe\u0301.jpg", "/Volumes/c/s/v/cafe\u0301.jpg");

        assertThat(Set.of(composed, decomposed)).hasSize(2).allMatch(id -> id.startsWith("cafe-"));
    }

    @Property
    void everyNameGetsAnAcceptedIdThatStaysTheSame(@ForAll @NotBlank @StringLength(max = 300) String name) {
        String path = "/Volumes/c/s/v/" + name;

        assertThat(InputIds.idOf(name, path)).matches(ACCEPTED).isEqualTo(InputIds.idOf(name, path));
        assertThat(InputIds.uniqueId(name, path)).matches(ACCEPTED);
    }

    @Property
    void differentPathsGetDifferentUniqueIds(
            @ForAll @StringLength(max = 60) String a, @ForAll @StringLength(max = 60) String b) {
        Assume.that(!a.equals(b) && !unpairedSurrogates(a) && !unpairedSurrogates(b));

        assertThat(InputIds.uniqueId("same.jpg", a)).isNotEqualTo(InputIds.uniqueId("same.jpg", b));
    }

    /** They cannot be encoded, so no path holds them. */
    private static boolean unpairedSurrogates(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
