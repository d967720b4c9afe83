package com.clarifai.databricks.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A text in any charset as UTF-8. Where it is not valid, it gets a byte that UTF-8 never has, so that only the
 * line around it is refused.
 */
final class Utf8Stream extends ChunkInputStream {

    private static final byte INVALID = (byte) 0xFF;
    private static final int BUFFER = 1 << 14;

    private final InputStream text;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    /** Room for what one buffer decodes to, and a high surrogate left from the one before. */
    private final CharBuffer chars = CharBuffer.allocate(BUFFER + 1);

    /** So many bytes are passed over where they are not valid: what follows may be. */
    private final int unit;

    private boolean exhausted;
    private boolean flushed;

    Utf8Stream(InputStream text, Charset charset) {
        this.text = text;
        this.unit = charset.name().startsWith("UTF-32") ? 4 : charset.name().startsWith("UTF-16") ? 2 : 1;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    ByteBuffer next() throws IOException {
        if (flushed) {
            return null;
        }
        CoderResult result = decoder.decode(bytes, chars, exhausted);
        if (result.isError()) {
            bytes.position(bytes.position() + Math.min(result.length(), unit));
            return encoded(true);
        }
        if (result.isUnderflow() && exhausted) {
            flushed = !decoder.flush(chars).isOverflow();
        } else if (result.isUnderflow()) {
            fill();
        }
        return encoded(false);
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = text.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(count, 0));
        bytes.flip();
        exhausted = count < 0;
    }

    /** Decoders give whole characters, so that no half of a surrogate pair is left for the next time. */
    private ByteBuffer encoded(boolean invalidBehind) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(chars.flip());
        chars.clear();
        return invalidBehind
                ? ByteBuffer.allocate(encoded.remaining() + 1)
                        .put(encoded)
                        .put(INVALID)
                        .flip()
                : encoded;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
