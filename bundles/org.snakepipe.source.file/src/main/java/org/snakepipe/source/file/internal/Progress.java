// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far one file was read: the offset of its partition.
 *
 * @param inode   of the file that was read
 * @param size    of the file when it was read
 * @param changed of the file when it was read
 * @param bytes   how many bytes were read; for formats that go on where they stopped
 * @param records how many records, or lines, these were
 * @param mark    of what was read, see {@link Mark}; for formats that go on where they stopped
 */
record Progress(long inode, long size, long changed, long bytes, long records, long mark) {
    /** What it looks like, for people. */
    static final String FORM = "INODE:SIZE:CHANGED:BYTES:RECORDS:MARK";

    private static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);
    private static final Pattern TEXT = Pattern.compile("(\\d+):(\\d+):(-?\\d+):(\\d+):(\\d+):(\\d+)");

    static Progress of(FileStamp stamp, long bytes, long records, long mark) {
        return new Progress(stamp.inode(), stamp.size(), stamp.changed(), bytes, records, mark);
    }

    /** Where to go on: where it was left, when the file was only appended to, else at its beginning. */
    static Progress goneOn(Progress before, FileStamp stamp, FileChannel channel) throws IOException {
        boolean appended = before != null
                && before.inode() == stamp.inode()
                && stamp.size() >= before.bytes()
                && Mark.of(channel, before.bytes()) == before.mark();
        return appended ? before : NONE;
    }

    /** What {@link #toString} wrote; empty for anything else, which is then read anew. */
    static Optional<Progress> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Progress(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    Long.parseLong(matcher.group(4)),
                    Long.parseLong(matcher.group(5)),
                    Long.parseLong(matcher.group(6))));
        } catch (NumberFormatException moreThanALong) {
            return Optional.empty();
        }
    }

    boolean isOf(FileStamp stamp) {
        return inode == stamp.inode() && size == stamp.size() && changed == stamp.changed();
    }

    /** Whether there is more in the file than was read of it: it was left in the middle, or its last row has no end yet. */
    boolean hasRest() {
        return bytes < size;
    }

    @Override
    public String toString() {
        return inode + ":" + size + ":" + changed + ":" + bytes + ":" + records + ":" + mark;
    }
}
