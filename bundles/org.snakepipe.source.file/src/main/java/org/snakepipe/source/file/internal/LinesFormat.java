// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/** Each line is a document (NDJSON); lines that are appended are read on. */
final class LinesFormat implements Format {
    @Override
    public FileContents open(Path file, String name, FileStamp stamp, Progress before, Settings settings)
            throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            Progress from = Progress.goneOn(before, stamp, channel);
            channel.position(from.bytes());
            RowReader rows = RowReader.ofLines(
                    Channels.newInputStream(channel), settings.largest(), from.bytes(), from.records());
            return new Rows(channel, stamp, rows, new Lines(new Documents(name, settings, ""), settings));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private record Lines(Documents documents, Settings settings) implements Rows.Parser {
        @Override
        @SuppressWarnings("unchecked")
        public void take(RowReader.Row row, Harvest harvest) {
            if (Documents.isTooLarge(row.length(), settings)) {
                harvest.add(documents.rejection(row.content(), row.line(), Documents.tooLarge(row.length(), settings)));
                return;
            }
            if (row.isBlank()) {
                return;
            }
            try {
                Object value = Documents.parse(row.content());
                if (value instanceof Map<?, ?> document) {
                    harvest.add(documents.record((Map<String, Object>) document, row.content(), row.line()));
                } else {
                    harvest.add(documents.rejection(row.content(), row.line(), "is no object"));
                }
            } catch (IOException e) {
                harvest.add(documents.rejection(row.content(), row.line(), Documents.reason(e, row.line())));
            }
        }
    }
}
