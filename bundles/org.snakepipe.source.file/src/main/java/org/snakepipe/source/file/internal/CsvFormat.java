// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Rows as in RFC 4180, the first names the fields. Rows that are appended are read on. All values are text. */
final class CsvFormat implements Format {
    @Override
    public FileContents open(Path file, String name, FileStamp stamp, Progress before, Settings settings)
            throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            Progress from = Progress.goneOn(before, stamp, channel);
            CsvRows parser = new CsvRows(new Documents(name, settings, ""), settings);
            RowReader rows = reader(channel, settings, 0, 0);
            rows.skipByteOrderMark();
            if (from.bytes() > 0) {
                parser.takeHeader(rows);
                channel.position(from.bytes());
                rows = reader(channel, settings, from.bytes(), from.records());
            }
            return new Rows(channel, stamp, rows, parser);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static RowReader reader(FileChannel channel, Settings settings, long bytes, long lines) {
        return RowReader.ofFields(
                Channels.newInputStream(channel), settings.delimiter(), settings.largest(), bytes, lines);
    }
}
