// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Rejection;

/** Rows as in RFC 4180, the first names the fields. Rows that are appended are read on. All values are text. */
final class CsvFormat implements Format {
    @Override
    public boolean goesOn(Progress progress, FileStamp stamp) {
        return progress.inode() == stamp.inode() && stamp.size() >= progress.size();
    }

    @Override
    public FileContents open(Path file, String name, FileStamp stamp, long bytes, long records, Settings settings)
            throws IOException {
        return new Contents(file, name, stamp, records, settings);
    }

    private static final class Contents implements FileContents {
        private final Reader in;
        private final Iterator<CsvRecord> rows;
        private final FileStamp stamp;
        private final Documents documents;
        private List<String> header;
        private long skip;
        private long count;
        private boolean ended;

        Contents(Path file, String name, FileStamp stamp, long records, Settings settings) throws IOException {
            this.stamp = stamp;
            this.skip = records;
            this.documents = new Documents(name, settings, "");
            in = new InputStreamReader(
                    Files.newInputStream(file),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
            rows = CsvReader.builder()
                    .fieldSeparator(settings.delimiter())
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .skipEmptyLines(true)
                    .maxBufferSize((int) Math.min(Integer.MAX_VALUE, Math.max(settings.largest(), 1 << 16)))
                    .ofCsvRecord(in)
                    .iterator();
        }

        @Override
        public Optional<Progress> read(int max, List<Record> records, List<Rejection> rejections) throws IOException {
            try {
                int taken = 0;
                while (taken < max && !ended) {
                    if (!rows.hasNext()) {
                        ended = true;
                    } else if (take(rows.next(), records, rejections)) {
                        taken++;
                    }
                }
            } catch (CsvParseException | UncheckedIOException e) {
                ended = true;
                rejections.add(
                        documents.rejection(new byte[0], 0, "cannot be read on after row " + count + ": " + why(e)));
            }
            return Optional.of(Progress.of(stamp, stamp.size(), count));
        }

        private static String why(RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof CharacterCodingException ? "it is not UTF-8" : cause.getMessage();
        }

        private boolean take(CsvRecord row, List<Record> records, List<Rejection> rejections) {
            if (header == null) {
                header = names(row);
                return false;
            }
            count++;
            if (count <= skip) {
                return false;
            }
            long line = row.getStartingLineNumber();
            if (row.getFieldCount() != header.size()) {
                byte[] raw = String.join(",", row.getFields()).getBytes(StandardCharsets.UTF_8);
                rejections.add(documents.rejection(
                        raw,
                        line,
                        "has " + row.getFieldCount() + " fields (allowed: " + header.size() + ", as the header)"));
                return true;
            }
            Map<String, Object> document = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                document.put(header.get(i), row.getField(i));
            }
            records.add(documents.record(document, null, line));
            return true;
        }

        /** Some programs begin UTF-8 with a byte order mark. */
        private static List<String> names(CsvRecord row) {
            return row.getFields().stream()
                    .map(name -> name.startsWith("\uFEFF") ? name.substring(1) : name)
                    .toList();
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
