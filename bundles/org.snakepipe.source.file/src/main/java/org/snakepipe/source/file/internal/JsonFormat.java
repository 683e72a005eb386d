// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.pipeline.Rejection;

/** A file is one document, or a list of documents; a file that changes is read again as a whole. */
final class JsonFormat implements Format {
    @Override
    public FileContents open(Path file, String name, FileStamp stamp, Progress before, Settings settings) {
        return new Contents(file, name, stamp, settings);
    }

    private static final class Contents implements FileContents {
        private final Path file;
        private final FileStamp stamp;
        private final Settings settings;
        private final Documents documents;
        private JsonParser elements;
        private long count;
        private boolean ended;

        Contents(Path file, String name, FileStamp stamp, Settings settings) {
            this.file = file;
            this.stamp = stamp;
            this.settings = settings;
            this.documents = new Documents(name, settings, name);
        }

        @Override
        public Optional<Progress> read(Harvest harvest) throws IOException {
            if (elements == null && !begin(harvest)) {
                ended = true;
                return Optional.empty();
            }
            while (!ended && !harvest.isFull()) {
                element(harvest);
            }
            return ended ? Optional.of(Progress.of(stamp, stamp.size(), count, 0)) : Optional.empty();
        }

        /** {@code false} when the file is being written. A list is checked as a whole first, and then read bit by bit. */
        private boolean begin(Harvest harvest) throws IOException {
            if (Documents.isTooLarge(stamp.size(), settings)) {
                return end(documents.rejection(new byte[0], 0, Documents.tooLarge(stamp.size(), settings)), harvest);
            }
            byte[] bytes = Files.readAllBytes(file);
            try {
                if (Documents.isList(bytes)) {
                    elements = Documents.parser(bytes);
                    elements.nextToken();
                } else {
                    document(Documents.parse(bytes), bytes, harvest);
                    ended = true;
                }
                return true;
            } catch (IOException e) {
                return stamp.hasRested() && end(documents.rejection(bytes, 0, Documents.reason(e, 0)), harvest);
            }
        }

        private boolean end(Rejection rejection, Harvest harvest) {
            harvest.add(rejection);
            ended = true;
            return true;
        }

        private void element(Harvest harvest) {
            try {
                if (elements.nextToken() == JsonToken.END_ARRAY) {
                    ended = true;
                } else {
                    document(JSON.std.anyFrom(elements), null, harvest);
                }
            } catch (IOException e) {
                String reason = "cannot be read on after element " + count + ": " + Documents.reason(e, 0);
                end(documents.rejection(new byte[0], 0, reason), harvest);
            }
        }

        @SuppressWarnings("unchecked")
        private void document(Object element, byte[] raw, Harvest harvest) {
            count++;
            if (element instanceof Map<?, ?> document) {
                harvest.add(documents.record((Map<String, Object>) document, raw, 0));
            } else {
                harvest.add(documents.rejection(
                        String.valueOf(element).getBytes(StandardCharsets.UTF_8),
                        0,
                        "element " + count + " is no object"));
            }
        }

        @Override
        public boolean isAtEnd() {
            return ended;
        }

        @Override
        public void close() throws IOException {
            if (elements != null) {
                elements.close();
            }
        }
    }
}
