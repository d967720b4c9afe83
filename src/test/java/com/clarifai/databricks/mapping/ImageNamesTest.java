package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.model.ImageFormat;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNamesTest {

    private static final VolumePath FOLDER = VolumePath.parse("/Volumes/main/default/photos/exported");

    @ParameterizedTest
    @CsvSource({
        "dog, JPEG, dog.jpeg",
        "IMG_0001, PNG, IMG_0001.png",
        "a-b, TIFF, a-b.tiff",
        "photo.v2, WEBP, photo.v2.webp",
        "console, GIF, console.gif",
        "_draft, BMP, _draft.bmp"
    })
    void namesTheFileAfterTheInputAndItsFormat(String id, ImageFormat format, String name) {
        assertThat(ImageNames.fileName(id, format)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "../../x, x",
                "a/b, a_b",
                "a\\b, a_b",
                "CON, CON",
                "nul.txt, nul_txt",
                "Lpt1, Lpt1",
                ".hidden, hidden",
                "trailing., trailing",
                "\"trailing \", trailing",
                "a..b, a_b",
                "Ünï cødé, Uni_c_de",
                "..., image",
                "\"\", image",
                "a~b, a_b",
                "100%, 100"
            })
    void mapsAnIdThatIsNoSafeFileName(String id, String start) {
        assertThat(ImageNames.fileName(id, ImageFormat.JPEG)).matches("\\Q" + start + "\\E~[0-9a-f]{16}\\.jpeg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u001bb", "a\u007fb", "a\u0085b", "a\u2028b", "a\u202eb", "a\n"})
    void mapsAnIdWithCharactersThatAreNotSeen(String id) {
        assertThat(ImageNames.fileName(id, ImageFormat.JPEG)).matches("a(_b)?~[0-9a-f]{16}\\.jpeg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"日", "😀", "é", "x"})
    void mapsAnIdThatIsTooLongForSomeFileSystem(String character) {
        String name = ImageNames.fileName(character.repeat(character.equals("x") ? 129 : 48), ImageFormat.JPEG);

        assertThat(name).matches("[a-z]{1,48}~[0-9a-f]{16}\\.jpeg");
    }

    @Property
    void everyIdStaysInTheFolderUnderAPlainName(@ForAll("ids") String id, @ForAll ImageFormat format) {
        String name = ImageNames.fileName(id, format);

        assertThat(name).matches("[A-Za-z0-9_~-]+(\\.[A-Za-z0-9_~-]+)*").hasSizeLessThanOrEqualTo(134);
        assertThat(FOLDER.resolve(name)).hasToString(FOLDER + "/" + name);
        assertThat(name.toLowerCase(Locale.ROOT)).doesNotMatch("(con|prn|aux|nul|com\\d|lpt\\d)\\..*");
    }

    @Property
    void differentIdsNeverShareAFile(@ForAll("ids") String a, @ForAll("ids") String b) {
        Assume.that(!a.equals(b));

        assertThat(ImageNames.fileName(a, ImageFormat.PNG)).isNotEqualTo(ImageNames.fileName(b, ImageFormat.PNG));
    }

    @Property
    void noIdTakesTheNameThatAnotherIsMappedTo(@ForAll @StringLength(max = 60) String id) {
        String mapped = ImageNames.fileName("/" + id, ImageFormat.PNG);

        assertThat(ImageNames.fileName(mapped.replace(".png", ""), ImageFormat.PNG))
                .isNotEqualTo(mapped);
    }

    /** Encodable text, with what is dangerous in a path more often than chance would have it. */
    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> fragments = Arbitraries.oneOf(
                Arbitraries.of(
                        "..", ".", "/", "\\", "~", "-", "_", "a", "CON", "nul", " ", "\u0000", "\n", "%2e%2e", "é"),
                Arbitraries.strings()
                        .withCharRange('\u0000', '\uD7FF')
                        .withCharRange('\uE000', '\uFFFF')
                        .ofMaxLength(40));
        return fragments.list().ofMaxSize(5).map(parts -> String.join("", parts));
    }
}
