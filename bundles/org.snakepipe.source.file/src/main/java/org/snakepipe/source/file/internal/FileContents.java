// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.source.file.internal;

import java.io.IOException;
import java.util.Optional;

/** One open file. Used by one thread. */
interface FileContents extends AutoCloseable {
    /**
     * Reads on, until there is no more or the harvest is full.
     *
     * @param harvest takes the records, and what is none
     * @return what to remember of the file; empty when there is nothing to remember yet
     * @throws IOException if the file cannot be read
     */
    Optional<Progress> read(Harvest harvest) throws IOException;

    /**
     * Whether there is no more to read now.
     *
     * @return {@code true} at the end, and where the rest is not complete yet
     */
    boolean isAtEnd();

    @Override
    void close() throws IOException;
}
