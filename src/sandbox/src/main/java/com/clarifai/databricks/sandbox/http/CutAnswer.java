package com.clarifai.databricks.sandbox.http;

import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/** Hangs up before or in the middle of an answer. */
public final class CutAnswer extends AbstractStreamSinkConduit<StreamSinkConduit> {

    private static final long HALF_OF_FIRST_BLOCK = -1;

    private final HttpServerExchange exchange;
    private final boolean headers;
    private long left;

    private CutAnswer(StreamSinkConduit next, HttpServerExchange exchange, boolean headers, long left) {
        super(next);
        this.exchange = exchange;
        this.headers = headers;
        this.left = left;
    }

    /** Not even the headers. */
    public static ConduitWrapper<StreamSinkConduit> nothing() {
        return (factory, exchange) -> new CutAnswer(factory.create(), exchange, false, 0);
    }

    /** The headers and half of the announced body; of its first block, if no length is announced. */
    public static ConduitWrapper<StreamSinkConduit> half() {
        return (factory, exchange) -> {
            long length = exchange.getResponseContentLength();
            return new CutAnswer(factory.create(), exchange, true, length < 0 ? HALF_OF_FIRST_BLOCK : length / 2);
        };
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (left == HALF_OF_FIRST_BLOCK) {
            left = source.remaining() / 2;
        }
        if (source.remaining() <= left) {
            int written = next.write(source);
            left -= written;
            return written;
        }
        ByteBuffer last = source.slice();
        last.limit((int) left);
        while (last.hasRemaining()) {
            if (next.write(last) == 0) {
                next.awaitWritable();
            }
        }
        throw hangUp();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            while (sources[i].hasRemaining()) {
                int n = write(sources[i]);
                if (n == 0) {
                    return written;
                }
                written += n;
            }
        }
        return written;
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        return Conduits.writeFinalBasic(this, source);
    }

    @Override
    public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, sources, offset, length);
    }

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        return source.transferTo(position, count, new ConduitWritableByteChannel(this));
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
        return IoUtils.transfer(source, count, through, new ConduitWritableByteChannel(this));
    }

    @Override
    public boolean flush() throws IOException {
        if (!headers) {
            throw hangUp();
        }
        return next.flush();
    }

    @Override
    public void terminateWrites() throws IOException {
        throw hangUp();
    }

    private IOException hangUp() throws IOException {
        while (headers && !next.flush()) {
            next.awaitWritable();
        }
        exchange.getConnection().close();
        return new IOException("hung up, as planned");
    }
}
