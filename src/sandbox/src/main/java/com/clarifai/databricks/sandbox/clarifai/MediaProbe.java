package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.clarifai.ImageProbe.InvalidImageException;
import com.clarifai.grpc.api.AudioInfo;
import com.clarifai.grpc.api.VideoInfo;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Says whether bytes are a video or a sound and what it is like. MP4 and its relatives are followed from box to box; of
 * sounds, what Java reads (WAV, AIFF, AU) is measured and MP3, FLAC and Ogg are told by their first bytes only.
 */
final class MediaProbe {

    private static final int HEAD = 12;
    private static final int ID3 = 0x494433;
    private static final int FLAC = 0x664C6143;
    private static final int OGG = 0x4F676753;

    VideoInfo video(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.limit() < HEAD || !Mp4.isOne(bytes)) {
            throw unsupported("not a video of a supported format");
        }
        return Mp4.parse(bytes);
    }

    AudioInfo audio(Path file) throws IOException {
        try {
            AudioFileFormat found = AudioSystem.getAudioFileFormat(file.toFile());
            AudioFormat format = found.getFormat();
            float bits = format.getFrameSize() * Byte.SIZE * format.getFrameRate();
            if (found.getFrameLength() <= 0
                    || found.getFrameLength() * (long) format.getFrameSize() > Files.size(file)) {
                throw InvalidImageException.corrupt("the sound is cut off");
            }
            return AudioInfo.newBuilder()
                    .setAudioFormat(found.getType().toString())
                    .setSampleRate((int) format.getSampleRate())
                    .setDurationSeconds(found.getFrameLength() / format.getFrameRate())
                    .setBitRate((int) bits)
                    .build();
        } catch (UnsupportedAudioFileException e) {
            return AudioInfo.newBuilder().setAudioFormat(compressed(file)).build();
        }
    }

    private static String compressed(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        int first = head.length < HEAD ? 0 : ByteBuffer.wrap(head).getInt();
        if (first >>> 8 == ID3 || first >>> 21 == 0x7FF) {
            return "MPEG Audio";
        }
        return switch (first) {
            case FLAC -> "FLAC";
            case OGG -> "Ogg";
            default -> throw unsupported("not a sound of a supported format");
        };
    }

    private static InvalidImageException unsupported(String message) {
        return new InvalidImageException(StatusCode.INPUT_UNSUPPORTED_FORMAT, message);
    }
}
