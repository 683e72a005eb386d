// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.nio.file.Path;

/** How the content of a file becomes records. */
interface Format {
    /**
     * What all formats are told.
     *
     * @param keyField   dotted path of the key; empty for none
     * @param recordType type of the records; empty for none
     * @param delimiter  between the fields of csv; ASCII
     * @param largest    document, line or row in bytes
     */
    record Settings(String keyField, String recordType, char delimiter, long largest) {}

    /** The format of a name that the schema allows. */
    static Format of(String name) {
        return switch (name) {
            case "ndjson" -> new LinesFormat();
            case "csv" -> new CsvFormat();
            default -> new JsonFormat();
        };
    }

    /**
     * Opens one file.
     *
     * @param file     its path
     * @param name     its path below the directory, with {@code /}
     * @param stamp    how it looks
     * @param before   how far it was read before; {@code null} when it was not
     * @param settings what all formats are told
     * @return its content
     * @throws IOException if it cannot be opened; it is tried again
     */
    FileContents open(Path file, String name, FileStamp stamp, Progress before, Settings settings) throws IOException;
}
