// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** A file of rows. A last row without an end waits for its rest, as long as somebody may be writing it. */
final class Rows implements FileContents {
    /** Makes records of rows. */
    interface Parser {
        /** A row, also an empty one. */
        void take(RowReader.Row row, Harvest harvest);

        /** Whether nothing of the file can be understood. */
        default boolean givesUp() {
            return false;
        }
    }

    private final FileChannel channel;
    private final FileStamp stamp;
    private final RowReader rows;
    private final Parser parser;
    private boolean ended;

    Rows(FileChannel channel, FileStamp stamp, RowReader rows, Parser parser) {
        this.channel = channel;
        this.stamp = stamp;
        this.rows = rows;
        this.parser = parser;
    }

    @Override
    public Optional<Progress> read(Harvest harvest) throws IOException {
        while (!ended && !harvest.isFull()) {
            RowReader.Row row = parser.givesUp() ? null : rows.next();
            if (row == null || !isComplete(row)) {
                ended = true;
            } else {
                rows.take(row);
                parser.take(row, harvest);
            }
        }
        long bytes = parser.givesUp() ? Math.max(stamp.size(), rows.bytes()) : rows.bytes();
        return Optional.of(Progress.of(stamp, bytes, rows.lines(), Mark.of(channel, bytes)));
    }

    /** What has come since the file was looked at has not rested, whatever its time was then. */
    private boolean isComplete(RowReader.Row row) {
        return row.ended() || (stamp.hasRested() && row.bytes() == stamp.size());
    }

    @Override
    public boolean isAtEnd() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
