// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Writes to a place in a file, a little at a time whatever is written, and adds up a checksum. The channel stays open. Not
 * thread-safe.
 */
public final class ChannelOutput extends OutputStream {
    private static final int CHUNK = 64 << 10;

    private final FileChannel channel;
    private final CRC32 sum;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private long at;

    /**
     * Begins.
     *
     * @param channel open for writing
     * @param at      position of the first byte
     * @param sum     takes what is written
     */
    public ChannelOutput(FileChannel channel, long at, CRC32 sum) {
        this.channel = channel;
        this.at = at;
        this.sum = sum;
    }

    @Override
    public void write(int one) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int from = offset;
        int left = length;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(left, buffer.remaining());
            buffer.put(bytes, from, part);
            from += part;
            left -= part;
        }
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        sum.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
        buffer.clear();
    }

    /** Writes the rest. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
