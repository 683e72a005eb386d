// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.Objects;

/**
 * Where a value, or a problem, comes from.
 *
 * @param layer  the layer, for example {@code base}, {@code environment prod}, {@code local}, {@code environment variable},
 *               {@code default}
 * @param source the file, relative to the configuration directory and with {@code /}, or the name of the environment
 *               variable, or the PID whose default it is
 * @param line   the line, from 1; 0 when the source has no lines
 * @param column the column, from 1, in UTF-16 units; 0 when it is not known
 */
public record Origin(String layer, String source, int line, int column) {
    /**
     * Checks that nothing is {@code null} or negative.
     *
     * @param layer  as in the record
     * @param source as in the record
     * @param line   as in the record
     * @param column as in the record
     */
    public Origin {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(source, "source");
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("line " + line + ", column " + column + " (allowed: 0 or more)");
        }
    }

    /**
     * {@code source:line}, the way compilers and editors write it; without a line only the source. Names of files may hold
     * anything, so control characters are written as {@code \\u000a}: it is always one line.
     */
    @Override
    public String toString() {
        String shown = OneLine.of(source);
        return line == 0 ? shown : shown + ":" + line;
    }
}
