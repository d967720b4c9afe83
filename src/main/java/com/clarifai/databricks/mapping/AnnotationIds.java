package com.clarifai.databricks.mapping;

import com.clarifai.grpc.api.Data;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Ids for the annotations of one input, made from what they say: 32 hexadecimal digits of the SHA-256 of input id and
 * data. The same annotations get the same ids in every run and in any order; of equal ones the n-th counts as such.
 */
public final class AnnotationIds {

    private static final int ID_BYTES = 16;

    private final String inputId;
    private final Map<ByteBuffer, Integer> seen = new HashMap<>();

    public AnnotationIds(String inputId) {
        this.inputId = inputId;
    }

    /** The id of the next annotation. */
    public String next(Data data) {
        byte[] content = hash(bytes(data), 0);
        int equalOnes = seen.merge(ByteBuffer.wrap(content), 1, Integer::sum);
        return HexFormat.of().formatHex(Arrays.copyOf(hash(content, equalOnes), ID_BYTES));
    }

    /** Maps, as in metadata, have no order in protobuf unless asked for. */
    private static byte[] bytes(Data data) {
        byte[] bytes = new byte[data.getSerializedSize()];
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            data.writeTo(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    private byte[] hash(byte[] content, int number) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(inputId.getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(Integer.BYTES + 1).putInt(1, number));
            return digest.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
