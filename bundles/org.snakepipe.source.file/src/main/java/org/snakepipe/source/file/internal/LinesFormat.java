// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/** Each line is a document (NDJSON); lines that are appended are read on. A last line without an end waits for its rest. */
final class LinesFormat implements Format {
    private static final int BUFFER = 64 * 1024;

    /** The same file, not shorter than what was read: it was appended to. */
    @Override
    public boolean goesOn(Progress progress, FileStamp stamp) {
        return progress.inode() == stamp.inode() && stamp.size() >= progress.bytes();
    }

    @Override
    public FileContents open(Path file, String name, FileStamp stamp, long bytes, long records, Settings settings)
            throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        channel.position(bytes);
        return new Contents(channel, name, stamp, bytes, records, settings);
    }

    private static final class Contents implements FileContents {
        private final InputStream in;
        private final FileStamp stamp;
        private final Settings settings;
        private final Documents documents;
        private long bytes;
        private long lines;
        private boolean ended;

        Contents(SeekableByteChannel channel, String name, FileStamp stamp, long bytes, long lines, Settings settings) {
            this.in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
            this.stamp = stamp;
            this.settings = settings;
            this.documents = new Documents(name, settings, "");
            this.bytes = bytes;
            this.lines = lines;
        }

        @Override
        public Optional<Progress> read(int max, List<Record> records, List<Rejection> rejections) throws IOException {
            for (int taken = 0; taken < max && !ended; taken++) {
                line(records, rejections);
            }
            return Optional.of(Progress.of(stamp, bytes, lines));
        }

        private void line(List<Record> records, List<Rejection> rejections) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long length = 0;
            int next = in.read();
            while (next >= 0 && next != '\n') {
                if (++length <= settings.largest()) {
                    line.write(next);
                }
                next = in.read();
            }
            if (next < 0) {
                ended = true;
                if (length == 0 || !stamp.hasRested()) {
                    return;
                }
            }
            bytes += length + (next < 0 ? 0 : 1);
            lines++;
            take(line.toByteArray(), length, records, rejections);
        }

        @SuppressWarnings("unchecked")
        private void take(byte[] line, long length, List<Record> records, List<Rejection> rejections) {
            if (Documents.isTooLarge(length, settings)) {
                rejections.add(documents.rejection(new byte[0], lines, Documents.tooLarge(length, settings)));
            } else if (!isBlank(line)) {
                try {
                    Object value = Documents.parse(line);
                    if (value instanceof Map<?, ?> document) {
                        records.add(documents.record((Map<String, Object>) document, line, lines));
                    } else {
                        rejections.add(documents.rejection(line, lines, "is no object"));
                    }
                } catch (IOException e) {
                    rejections.add(documents.rejection(line, lines, Documents.reason(e, lines)));
                }
            }
        }

        private static boolean isBlank(byte[] line) {
            for (byte b : line) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean isAtEnd() {
            return ended;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
