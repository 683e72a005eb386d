// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

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
 */
record Progress(long inode, long size, long changed, long bytes, long records) {
    private static final Pattern TEXT = Pattern.compile("(\\d+):(\\d+):(-?\\d+):(\\d+):(\\d+)");

    static Progress of(FileStamp stamp, long bytes, long records) {
        return new Progress(stamp.inode(), stamp.size(), stamp.changed(), bytes, records);
    }

    /** What {@link #toString} wrote; empty for anything else, which is then read anew. */
    static Optional<Progress> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Progress(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        Long.parseLong(matcher.group(4)),
                        Long.parseLong(matcher.group(5))))
                : Optional.empty();
    }

    boolean isOf(FileStamp stamp) {
        return inode == stamp.inode() && size == stamp.size() && changed == stamp.changed();
    }

    @Override
    public String toString() {
        return inode + ":" + size + ":" + changed + ":" + bytes + ":" + records;
    }
}
