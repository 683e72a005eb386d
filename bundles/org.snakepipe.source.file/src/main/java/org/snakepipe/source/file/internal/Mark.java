// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/**
 * Tells a file that was appended to from one that was written anew: a file system gives the inode of a deleted file to the next
 * one, and copying over a file keeps it. What was read is compared at its beginning and at its end only, as files are large.
 */
final class Mark {
    private static final int SAMPLE = 1024;

    private Mark() {}

    /** The mark of the first so many bytes. Does not move the position of the channel. */
    static long of(FileChannel channel, long bytes) throws IOException {
        CRC32 mark = new CRC32();
        sample(channel, 0, Math.min(bytes, SAMPLE), mark);
        sample(channel, Math.max(0, bytes - SAMPLE), bytes, mark);
        return mark.getValue();
    }

    private static void sample(FileChannel channel, long from, long to, CRC32 mark) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            continue;
        }
        mark.update(bytes.flip());
    }
}
