// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a record of each row of csv but the first, which names the fields. */
final class CsvRows implements Rows.Parser {
    private final Documents documents;
    private final Format.Settings settings;
    private List<String> header;
    private boolean givesUp;

    CsvRows(Documents documents, Format.Settings settings) {
        this.documents = documents;
        this.settings = settings;
    }

    /** Reads the header alone, of a file whose other rows are read on. It was understood before. */
    void takeHeader(RowReader rows) throws IOException {
        Harvest nowhere = new Harvest(1);
        RowReader.Row row;
        while (header == null && !givesUp && (row = rows.next()) != null) {
            rows.take(row);
            take(row, nowhere);
        }
    }

    @Override
    public boolean givesUp() {
        return givesUp;
    }

    @Override
    public void take(RowReader.Row row, Harvest harvest) {
        if (row.isBlank()) {
            return;
        }
        try {
            List<String> fields = fields(row);
            if (header != null) {
                document(row, fields, harvest);
            } else {
                checkNames(fields);
                header = fields;
            }
        } catch (NoRowException e) {
            givesUp = header == null;
            String reason = givesUp ? "the header " + e.getMessage() + "; nothing of the file is read" : e.getMessage();
            harvest.add(documents.rejection(row.content(), row.line(), reason));
        }
    }

    private List<String> fields(RowReader.Row row) throws NoRowException {
        if (Documents.isTooLarge(row.length(), settings)) {
            throw new NoRowException(Documents.tooLarge(row.length(), settings));
        }
        if (row.quoted()) {
            throw new NoRowException("has a quote that is never closed; what follows belongs to it");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(row.content()))
                    .toString();
            List<CsvRecord> records = CsvReader.builder()
                    .fieldSeparator(settings.delimiter())
                    .maxBufferSize(Math.max(text.length() + 1, 1 << 16))
                    .ofCsvRecord(text)
                    .stream()
                    .toList();
            if (records.size() != 1) {
                throw new NoRowException(
                        "has a return that ends no line (allowed at the end of a line: \\n or \\r\\n)");
            }
            return records.get(0).getFields();
        } catch (CharacterCodingException e) {
            throw new NoRowException("is not UTF-8");
        } catch (CsvParseException e) {
            throw new NoRowException("cannot be understood: " + e.getMessage());
        }
    }

    private static void checkNames(List<String> names) throws NoRowException {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new NoRowException("has a field without a name: " + names);
            }
            if (!seen.add(name)) {
                throw new NoRowException("has two fields '" + name + "'");
            }
        }
    }

    private void document(RowReader.Row row, List<String> fields, Harvest harvest) throws NoRowException {
        if (fields.size() != header.size()) {
            throw new NoRowException(
                    "has " + fields.size() + " fields (allowed: " + header.size() + ", as the header)");
        }
        Map<String, Object> document = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            document.put(header.get(i), fields.get(i));
        }
        harvest.add(documents.record(document, row.content(), row.line()));
    }

    private static final class NoRowException extends Exception {
        private static final long serialVersionUID = 1L;

        NoRowException(String reason) {
            super(reason);
        }
    }
}
