// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where figures go: to the terminal for people, and as a line of JSON each to the end of a file.
 *
 * @param file made when it is not there
 */
public record Results(Path file) {
    /**
     * Adds a figure.
     *
     * @param figure what was measured
     * @throws IOException if the file cannot be written
     */
    public void add(Figure figure) throws IOException {
        System.out.printf(
                "%-26s %-18s %-12s %9.1f %s  (%.1f to %.1f, n = %d)%n",
                figure.metric(),
                figure.system(),
                figure.version(),
                figure.median(),
                figure.unit(),
                figure.min(),
                figure.max(),
                figure.n());
        Files.writeString(
                file, JSON.std.asString(figure.json()) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
