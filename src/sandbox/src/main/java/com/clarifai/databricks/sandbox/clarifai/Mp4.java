package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.clarifai.ImageProbe.InvalidImageException;
import com.clarifai.grpc.api.VideoInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The boxes of an MP4, MOV or 3GPP file (ISO/IEC 14496-12), as far as they say what its first video track is like. */
final class Mp4 {

    private static final int FTYP = 0x66747970;
    private static final int MOOV = 0x6D6F6F76;
    private static final int MVHD = 0x6D766864;
    private static final int TRAK = 0x7472616B;
    private static final int TKHD = 0x746B6864;
    private static final int MDIA = 0x6D646961;
    private static final int HDLR = 0x68646C72;
    private static final int MINF = 0x6D696E66;
    private static final int STBL = 0x7374626C;
    private static final int STSZ = 0x7374737A;
    private static final int VIDE = 0x76696465;
    private static final int HEADER = 8;

    private record Box(int type, ByteBuffer content) {}

    private Mp4() {}

    static boolean isOne(ByteBuffer file) {
        return file.getInt(4) == FTYP || file.getInt(4) == MOOV;
    }

    static VideoInfo parse(ByteBuffer file) throws InvalidImageException {
        try {
            List<Box> movie = boxes(child(boxes(file), MOOV));
            ByteBuffer header = child(movie, MVHD);
            boolean wide = header.get(0) == 1;
            long scale = Integer.toUnsignedLong(header.getInt(wide ? 20 : 12));
            long duration = wide ? header.getLong(24) : Integer.toUnsignedLong(header.getInt(16));
            double seconds = (double) duration / scale;
            for (Box track : movie) {
                if (track.type() == TRAK && isVideo(track.content())) {
                    return info(boxes(track.content()), seconds, file.limit());
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw InvalidImageException.corrupt("the video is cut off");
        }
        throw InvalidImageException.corrupt("the file has no video");
    }

    private static boolean isVideo(ByteBuffer track) throws InvalidImageException {
        return child(boxes(child(boxes(track), MDIA)), HDLR).getInt(8) == VIDE;
    }

    private static VideoInfo info(List<Box> track, double seconds, int bytes) throws InvalidImageException {
        ByteBuffer header = child(track, TKHD);
        ByteBuffer samples = child(boxes(child(boxes(child(boxes(child(track, MDIA)), MINF)), STBL)), STSZ);
        int frames = samples.getInt(8);
        return VideoInfo.newBuilder()
                .setVideoFormat("MPEG-4")
                .setWidth(header.getInt(header.limit() - 8) >>> 16)
                .setHeight(header.getInt(header.limit() - 4) >>> 16)
                .setFrameCount(frames)
                .setDurationSeconds((float) seconds)
                .setFps(seconds > 0 ? (float) (frames / seconds) : 0)
                .setBitRate(seconds > 0 ? (int) (bytes * (long) Byte.SIZE / seconds) : 0)
                .build();
    }

    private static ByteBuffer child(List<Box> boxes, int type) throws InvalidImageException {
        return boxes.stream()
                .filter(box -> box.type() == type)
                .findFirst()
                .orElseThrow(() -> InvalidImageException.corrupt("the video is incomplete"))
                .content();
    }

    private static List<Box> boxes(ByteBuffer parent) throws InvalidImageException {
        List<Box> boxes = new ArrayList<>();
        for (int at = 0; at + HEADER <= parent.limit(); ) {
            long size = Integer.toUnsignedLong(parent.getInt(at));
            int header = HEADER;
            if (size == 1) {
                size = parent.getLong(at + HEADER);
                header += Long.BYTES;
            } else if (size == 0) {
                size = parent.limit() - at;
            }
            if (size < header || at + size > parent.limit()) {
                throw InvalidImageException.corrupt("the video is cut off");
            }
            boxes.add(new Box(parent.getInt(at + 4), parent.slice(at + header, (int) size - header)));
            at += (int) size;
        }
        return boxes;
    }
}
