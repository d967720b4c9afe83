package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An input as it is kept.
 *
 * @param sequence order of arrival
 * @param annotationId id of its input-level annotation
 * @param jobId the job that added it, or empty
 * @param blob name of its image file, or empty while there is none
 * @param input as posted, without bytes; {@link InputView} adds the addresses
 */
record StoredInput(long sequence, String annotationId, String jobId, String blob, Input input) {

    StoredInput withInput(Input newInput) {
        return new StoredInput(sequence, annotationId, jobId, blob, newInput);
    }

    StoredInput withBlob(String newBlob) {
        return new StoredInput(sequence, annotationId, jobId, newBlob, input);
    }

    StoredInput withStatus(Status status) {
        return withInput(
                input.toBuilder().setStatus(status).setModifiedAt(Times.now()).build());
    }

    String id() {
        return input.getId();
    }

    int statusCode() {
        return input.getStatus().getCodeValue();
    }

    boolean isUnfinished() {
        return statusCode() == StatusCode.INPUT_DOWNLOAD_PENDING_VALUE
                || statusCode() == StatusCode.INPUT_DOWNLOAD_IN_PROGRESS_VALUE;
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(sequence);
            out.writeUTF(annotationId);
            out.writeUTF(jobId);
            out.writeUTF(blob);
            input.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static StoredInput parse(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new StoredInput(in.readLong(), in.readUTF(), in.readUTF(), in.readUTF(), Input.parseFrom(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
