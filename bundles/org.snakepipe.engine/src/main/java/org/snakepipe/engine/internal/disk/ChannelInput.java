// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.zip.CRC32;

/** Reads a part of a file, a little at a time. The channel stays open. Not thread-safe. */
public final class ChannelInput extends InputStream {
    private static final int CHUNK = 64 << 10;

    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final long end;
    private long at;

    /**
     * Begins.
     *
     * @param channel open for reading
     * @param from    position of the first byte
     * @param length  how many bytes there are to read
     */
    public ChannelInput(FileChannel channel, long from, long length) {
        this.channel = channel;
        this.at = from;
        this.end = from + length;
        // A short part is read often, as by who looks for what is in a file.
        this.buffer =
                ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(0, length))).flip();
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, part);
        return part;
    }

    /**
     * Adds what is left to a checksum.
     *
     * @param sum takes it
     * @throws IOException if it cannot be read
     */
    public void drainTo(CRC32 sum) throws IOException {
        while (fill()) {
            sum.update(buffer);
        }
    }

    /** @return {@code false} at the end, which may be that of the file */
    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        if (at >= end) {
            return false;
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
        int read = channel.read(buffer, at);
        buffer.flip();
        at += Math.max(0, read);
        return read > 0;
    }
}
