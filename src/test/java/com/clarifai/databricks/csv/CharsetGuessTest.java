package com.clarifai.databricks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the rules of guessing begin and end, to the byte. */
class CharsetGuessTest {

    private static final int GROUPS = 30;

    @ParameterizedTest
    @ValueSource(strings = {"c280", "dfbf", "e0a080", "efbfbf", "f0908080", "f48fbfbf"})
    void firstAndLastCharacterOfEachLengthIsUtf8(String character) {
        assertThat(guess(character, "")).isEqualTo(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1bf", "f5808080", "e24142", "e282", "c3", "80", "ff"})
    void whatIsBesideThemIsDamaged(String bytes) {
        assertThat(guess(bytes, "")).isEqualTo(CharsetGuess.WINDOWS_1252);
    }

    @Test
    void asManyCharactersAsDamagedBytesAreEnoughAndFewerAreNot() {
        assertThat(guess("c3a9ff", "")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(guess("c3a9ff", "41ff41414141")).isEqualTo(CharsetGuess.WINDOWS_1252);
        assertThat(guess("c3a9ffff", "41c3a9414141")).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void asciiSpeaksForNothingNotEvenZeros() {
        assertThat(guess("4100", "00000000")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(guess("ff", "414141414141")).isEqualTo(CharsetGuess.WINDOWS_1252);
    }

    @Test
    void characterThatIsCutAtTheEndOfWhatIsKnownSpeaksForNothing() {
        assertThat(guess("c3a9ff", "41f09080")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(guess("c3a9ff", "ffc3a9c3a9ff414141")).isEqualTo(StandardCharsets.UTF_8);
        // the first of four cannot be the start of a character that is cut
        assertThat(guess("c3a9ff", "ffffffff")).isEqualTo(CharsetGuess.WINDOWS_1252);
    }

    @Test
    void onlyThePartThatIsGivenIsLookedAt() {
        byte[] line = HexFormat.of().parseHex("c3a9ffff");
        byte[] ahead = HexFormat.of().parseHex("ffff41414141ffffffffff");

        assertThat(CharsetGuess.of(line, 2, ahead, 2, 4)).isEqualTo(StandardCharsets.UTF_8);
    }

    /** The numbers are how many of the first, second, third and fourth bytes of 30 groups are zero. */
    @ParameterizedTest
    @CsvSource({
        "3, 11, 27, 27, UTF-32LE",
        "4, 11, 27, 27,",
        "3, 10, 27, 27,",
        "3, 11, 26, 27,",
        "3, 11, 27, 26,",
        "27, 27, 11, 3, UTF-32BE",
        "27, 27, 11, 4,",
        "27, 27, 10, 3,",
        "26, 27, 11, 3,",
        "27, 26, 11, 3,",
        "3, 11, 3, 11, UTF-16LE",
        "4, 11, 3, 11,",
        "3, 11, 4, 11,",
        "3, 10, 3, 11,",
        "3, 11, 3, 10,",
        "11, 3, 11, 3, UTF-16BE",
        "11, 4, 11, 3,",
        "11, 3, 11, 4,",
        "10, 3, 11, 3,",
        "11, 3, 10, 3,",
        "0, 0, 0, 0,",
    })
    void wideTextHasItsZerosInTheSamePlaces(int first, int second, int third, int fourth, String charset) {
        int[] zeros = {first, second, third, fourth};
        byte[] start = new byte[4 * GROUPS];
        for (int i = 0; i < start.length; i++) {
            start[i] = (byte) (i / 4 < zeros[i % 4] ? 0 : 'a');
        }

        assertThat(CharsetGuess.wide(start)).isEqualTo(charset == null ? null : Charset.forName(charset));
    }

    @Test
    void oneCharacterOfFourBytesIsTooLittleToTellAndTwoAreEnough() {
        Charset wide = Charset.forName("UTF-32LE");

        assertThat(CharsetGuess.wide("a".getBytes(wide))).isNull();
        assertThat(CharsetGuess.wide("ab".getBytes(wide))).isEqualTo(wide);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, true",
        "windows-1252, true",
        "windows-1251, true",
        "GB18030, true",
        "UTF-16LE, false",
        "IBM037, false"
    })
    void charsetsKnowWhetherAsciiIsAByteOfItsOwn(String charset, boolean kept) {
        assertThat(CharsetGuess.keepsAscii(Charset.forName(charset))).isEqualTo(kept);
    }

    private static Charset guess(String line, String ahead) {
        byte[] first = HexFormat.of().parseHex(line);
        byte[] others = HexFormat.of().parseHex(ahead);
        return CharsetGuess.of(first, first.length, others, 0, others.length);
    }
}
