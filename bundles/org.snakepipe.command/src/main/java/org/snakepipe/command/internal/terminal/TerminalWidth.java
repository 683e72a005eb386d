// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How wide the terminal is, which somebody may change. */
public final class TerminalWidth {
    private static final int USUAL = 80;

    private TerminalWidth() {}

    /**
     * Asks the terminal; takes some milliseconds.
     *
     * @return columns; 80 when nobody knows
     */
    public static int columns() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/tty")))
                    .redirectErrorStream(true)
                    .start();
            String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return size.matches("\\d+ [1-9]\\d*") ? Integer.parseInt(size.substring(size.indexOf(' ') + 1)) : USUAL;
        } catch (IOException e) {
            return USUAL;
        }
    }
}
