// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/** A file is one document, or a list of documents; a file that changes is read again as a whole. */
final class JsonFormat implements Format {
    @Override
    public boolean goesOn(Progress progress, FileStamp stamp) {
        return false;
    }

    @Override
    public FileContents open(Path file, String name, FileStamp stamp, long bytes, long records, Settings settings) {
        return new Contents(file, name, stamp, settings);
    }

    private static final class Contents implements FileContents {
        private final Path file;
        private final FileStamp stamp;
        private final Settings settings;
        private final Documents documents;
        private Iterator<?> rest;
        private byte[] single;
        private long count;
        private boolean ended;

        Contents(Path file, String name, FileStamp stamp, Settings settings) {
            this.file = file;
            this.stamp = stamp;
            this.settings = settings;
            this.documents = new Documents(name, settings, name);
        }

        @Override
        public Optional<Progress> read(int max, List<Record> records, List<Rejection> rejections) throws IOException {
            if (rest == null && !parse(rejections)) {
                ended = true;
                return rejections.isEmpty() ? Optional.empty() : done();
            }
            for (int taken = 0; taken < max && rest.hasNext(); taken++) {
                take(rest.next(), records, rejections);
            }
            ended = !rest.hasNext();
            return ended ? done() : Optional.empty();
        }

        private Optional<Progress> done() {
            return Optional.of(Progress.of(stamp, stamp.size(), count));
        }

        /** {@code false} when the file is no JSON: for good, or because it is being written. */
        private boolean parse(List<Rejection> rejections) throws IOException {
            if (Documents.isTooLarge(stamp.size(), settings)) {
                rejections.add(documents.rejection(new byte[0], 0, Documents.tooLarge(stamp.size(), settings)));
                return false;
            }
            byte[] bytes = Files.readAllBytes(file);
            try {
                Object value = Documents.parse(bytes);
                boolean list = value instanceof List<?>;
                single = list ? null : bytes;
                rest = list
                        ? ((List<?>) value).iterator()
                        : List.of(value == null ? "null" : value).iterator();
                return true;
            } catch (IOException e) {
                if (stamp.hasRested()) {
                    rejections.add(documents.rejection(bytes, 0, Documents.reason(e, 0)));
                }
                return false;
            }
        }

        @SuppressWarnings("unchecked")
        private void take(Object element, List<Record> records, List<Rejection> rejections) {
            count++;
            if (element instanceof Map<?, ?> document) {
                records.add(documents.record((Map<String, Object>) document, single, 0));
            } else {
                rejections.add(documents.rejection(
                        String.valueOf(element).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        0,
                        "element " + count + " is no object"));
            }
        }

        @Override
        public boolean isAtEnd() {
            return ended;
        }

        @Override
        public void close() {
            rest = null;
        }
    }
}
