package com.clarifai.databricks.sandbox.images;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Half a second of a tone as a WAV file, of another pitch for each number up to some thousands. */
public record NumberedSound(long number) {

    public static final int SAMPLE_RATE = 8000;
    public static final int SAMPLES = SAMPLE_RATE / 2;

    private static final int LOWEST_HERTZ = 100;
    private static final int AMPLITUDE = 100;

    public byte[] bytes() throws IOException {
        double hertz = LOWEST_HERTZ + number % (SAMPLE_RATE / 4);
        byte[] samples = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] = (byte) (0x80 + AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / SAMPLE_RATE));
        }
        AudioFormat format = new AudioFormat(SAMPLE_RATE, 8, 1, false, false);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, SAMPLES),
                AudioFileFormat.Type.WAVE,
                file);
        return file.toByteArray();
    }
}
