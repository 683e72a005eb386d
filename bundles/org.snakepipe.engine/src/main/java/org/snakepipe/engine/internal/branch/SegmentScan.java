// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.snakepipe.engine.internal.disk.ChannelInput;

/** Goes through a segment, a large piece at a time: frames may be tiny, and many. Changes nothing. Used by one thread. */
final class SegmentScan {
    private static final int PIECE = 256 << 10;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);
    private long pieceAt;

    /**
     * What is in it.
     *
     * @param end    of what is whole
     * @param unread records behind the place where reading goes on
     * @param cut    bytes behind the end
     * @param time   when the first of these records came: milliseconds since 1970; 0 when there is none
     */
    record Found(long end, long unread, long cut, long time) {}

    private SegmentScan(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * Finds the end of what is whole, and counts what is not read. A damaged batch before that end is found by its reader.
     *
     * @param from where reading goes on
     * @param last whether it was written last: only there a crash leaves something half-written. What is damaged elsewhere is
     *             found when it is read; to read all of a large spool now would take long
     */
    static Found of(FileChannel channel, long from, boolean last) throws IOException {
        return new SegmentScan(channel).found(from, last);
    }

    private Found found(long from, boolean last) throws IOException {
        long at = 0;
        long end = 0;
        long since = 0;
        long unread = 0;
        long time = 0;
        Segment.Head head;
        while ((head = head(at)) != null) {
            boolean whole = !last || isWhole(at, head);
            at += Segment.HEAD + head.length();
            if (at > from) {
                since += head.records();
                time = time == 0 ? head.time() : time;
            }
            if (whole) {
                end = at;
                unread += since;
                since = 0;
            }
        }
        return new Found(end, unread, size - end, unread == 0 ? 0 : time);
    }

    /** @return {@code null} when there is none that could be one */
    private Segment.Head head(long at) throws IOException {
        if (at + Segment.HEAD > size || !hold(at, Segment.HEAD)) {
            return null;
        }
        Segment.Head head = Segment.Head.read(piece);
        return head.fits(at, size) ? head : null;
    }

    private boolean isWhole(long at, Segment.Head head) throws IOException {
        CRC32 sum = head.begun();
        long body = at + Segment.HEAD;
        if (head.length() <= PIECE) {
            if (!hold(body, head.length())) {
                return false;
            }
            sum.update(piece.slice(piece.position(), head.length()));
        } else {
            new ChannelInput(channel, body, head.length()).drainTo(sum);
        }
        return (int) sum.getValue() == head.sum();
    }

    /** Brings a part into the piece, and its position there. */
    private boolean hold(long at, int length) throws IOException {
        if (at < pieceAt || at + length > pieceAt + piece.limit()) {
            piece.clear();
            pieceAt = at;
            int read = 0;
            while (piece.hasRemaining() && (read = channel.read(piece, at + piece.position())) > 0) {
                continue;
            }
            piece.flip();
        }
        boolean there = at + length <= pieceAt + piece.limit();
        if (there) {
            piece.position((int) (at - pieceAt));
        }
        return there;
    }
}
