package com.clarifai.databricks.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Which charset a text is in that does not say so. */
final class CharsetGuess {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int MAX_SIZE = 4;
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

    private CharsetGuess() {}

    /**
     * UTF-8, unless what is not ASCII mostly is no UTF-8: that takes more than some damaged characters. Other texts are
     * taken for windows-1252 (of which Latin-1 is a part).
     *
     * @param line the first line that is not all ASCII
     * @param ahead what follows it
     */
    static Charset of(byte[] line, int length, byte[] ahead, int from, int count) {
        int[] found = new int[2];
        tally(line, 0, length, false, found);
        tally(ahead, from, count, true, found);
        return found[0] > 0 && found[0] >= found[1] || found[1] == 0 ? StandardCharsets.UTF_8 : WINDOWS_1252;
    }

    /** Counts characters of several bytes, and bytes that belong to none. */
    private static void tally(byte[] bytes, int from, int count, boolean cut, int[] found) {
        int end = from + count;
        for (int i = from; i < end; ) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int size = sizeOf(bytes, i, end);
            if (size == 0 && cut && end - i < MAX_SIZE) {
                // perhaps there is more of it
                return;
            }
            found[size > 0 ? 0 : 1]++;
            i += Math.max(size, 1);
        }
    }

    /** How many bytes the character has that begins here; 0 when none does. */
    private static int sizeOf(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int size =
                lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (at + size > end) {
            return 0;
        }
        for (int i = 1; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /**
     * UTF-16 or UTF-32 without a byte order mark, by where the zeros are: most of such a file is ASCII, its header above
     * all.
     *
     * @param start of the file
     * @return null when it is neither
     */
    static Charset wide(byte[] start) {
        int[] zeros = new int[4];
        int whole = start.length / 4;
        for (int i = 0; i < whole * 4; i++) {
            zeros[i % 4] += start[i] == 0 ? 1 : 0;
        }
        if (whole < 2) {
            return null;
        }
        int few = whole / 10;
        int many = whole / 3;
        if (zeros[0] <= few && zeros[1] > many && zeros[2] >= whole - few && zeros[3] >= whole - few) {
            return UTF_32LE;
        }
        if (zeros[3] <= few && zeros[2] > many && zeros[0] >= whole - few && zeros[1] >= whole - few) {
            return UTF_32BE;
        }
        if (zeros[0] <= few && zeros[2] <= few && zeros[1] > many && zeros[3] > many) {
            return StandardCharsets.UTF_16LE;
        }
        if (zeros[1] <= few && zeros[3] <= few && zeros[0] > many && zeros[2] > many) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    /** Whether line breaks and ASCII are bytes of their own, so that lines can be told before they are decoded. */
    static boolean keepsAscii(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return true;
        }
        for (int c = 0; c < 0x80; c++) {
            if (!new String(new byte[] {(byte) c}, charset).equals(String.valueOf((char) c))) {
                return false;
            }
        }
        return true;
    }
}
