package com.clarifai.databricks.sandbox.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A small MP4 file (ISO/IEC 14496-12 and -14) that differs from that of any other number: ten pictures a second as Motion
 * JPEG, without sound.
 */
public record NumberedVideo(long number) {

    public static final int FRAMES = 20;
    public static final int FRAMES_A_SECOND = 10;
    public static final int SIDE = 64;

    private static final int TIME_SCALE = 1000;
    private static final int DURATION = FRAMES * TIME_SCALE / FRAMES_A_SECOND;
    private static final int[] UNITY = {0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000};
    /** Of ISO/IEC 14496-1: ES, decoder configuration for JPEG (0x6C), sync layer as MP4 has it. */
    private static final byte[] DECODER = {3, 21, 0, 1, 0, 4, 13, 0x6C, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 1, 2};

    public byte[] bytes() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            frames.add(new NumberedPicture(number * FRAMES + i).bytes());
        }
        byte[] type = box("ftyp", text("isom"), ints(0x200), text("isommp42"));
        // how long it is does not depend on where the pictures begin
        int begin = type.length + movie(frames, 0).length + Long.BYTES;
        return joined(type, movie(frames, begin), box("mdat", frames.toArray(byte[][]::new)));
    }

    private static byte[] movie(List<byte[]> frames, int begin) {
        byte[] header = box(
                "mvhd",
                ints(0, 0, 0, TIME_SCALE, DURATION, 0x00010000),
                shorts(0x0100, 0),
                ints(0, 0),
                ints(UNITY),
                new byte[24],
                ints(2));
        return box("moov", header, track(frames, begin));
    }

    private static byte[] track(List<byte[]> frames, int begin) {
        byte[] header = box(
                "tkhd",
                ints(7, 0, 0, 1, 0, DURATION, 0, 0),
                shorts(0, 0, 0, 0),
                ints(UNITY),
                ints(SIDE << 16, SIDE << 16));
        byte[] media = box(
                "mdia",
                box("mdhd", ints(0, 0, 0, TIME_SCALE, DURATION), shorts(0x55C4, 0)),
                box("hdlr", ints(0, 0), text("vide"), new byte[13]),
                box(
                        "minf",
                        box("vmhd", ints(1), new byte[8]),
                        box("dinf", box("dref", ints(0, 1), box("url ", ints(1)))),
                        samples(frames, begin)));
        return box("trak", header, media);
    }

    private static byte[] samples(List<byte[]> frames, int begin) {
        byte[] entry = box(
                "mp4v",
                shorts(0, 0, 0, 1),
                new byte[16],
                shorts(SIDE, SIDE),
                ints(0x00480000, 0x00480000, 0),
                shorts(1),
                new byte[32],
                shorts(0x18, 0xFFFF),
                box("esds", ints(0), DECODER));
        int[] sizes = frames.stream().mapToInt(frame -> frame.length).toArray();
        return box(
                "stbl",
                box("stsd", ints(0, 1), entry),
                box("stts", ints(0, 1, FRAMES, TIME_SCALE / FRAMES_A_SECOND)),
                box("stsc", ints(0, 1, 1, FRAMES, 1)),
                box("stsz", ints(0, 0, FRAMES), ints(sizes)),
                box("stco", ints(0, 1, begin)));
    }

    private static byte[] box(String type, byte[]... parts) {
        byte[] content = joined(parts);
        return joined(ints(content.length + Long.BYTES), text(type), content);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
