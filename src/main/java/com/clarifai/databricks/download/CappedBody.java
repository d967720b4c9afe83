package com.clarifai.databricks.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer in memory, given up when it announces or has more bytes than allowed. */
final class CappedBody implements BodySubscriber<byte[]> {

    /** The answer is larger than allowed. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final int FIRST_BUFFER = 64 * 1024;

    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final long announced;
    private final int maxBytes;
    private byte[] buffer;
    private int length;
    private Subscription subscription;

    private CappedBody(long announced, int maxBytes) {
        this.announced = announced;
        this.maxBytes = maxBytes;
    }

    /** Reads answers that are 200; the body of all others is empty. */
    static BodyHandler<byte[]> ofAtMost(int maxBytes) {
        return head -> head.statusCode() == 200
                ? new CappedBody(
                        head.headers().firstValueAsLong("Content-Length").orElse(-1), maxBytes)
                : BodySubscribers.replacing(new byte[0]);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (announced > maxBytes) {
            giveUp();
        } else {
            // the announced size exactly, so that no second copy is needed
            buffer = new byte[announced < 0 ? Math.min(FIRST_BUFFER, maxBytes) : (int) announced];
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (part.remaining() > maxBytes - length) {
                giveUp();
                return;
            }
            int size = part.remaining();
            int needed = length + size;
            if (needed > buffer.length) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(maxBytes, Math.max(needed, 2L * buffer.length)));
            }
            part.get(buffer, length, size);
            length = needed;
        }
    }

    private void giveUp() {
        subscription.cancel();
        result.completeExceptionally(new TooLargeException());
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(length == buffer.length ? buffer : Arrays.copyOf(buffer, length));
    }
}
