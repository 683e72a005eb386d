// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import org.snakepipe.schema.Concealment;

/** Values as they stand in messages: in one line, and not too long. */
final class Shown {
    /** What stands in place of a secret. */
    static final String MASK = Concealment.MASK;

    private static final int MOST = 80;

    private Shown() {}

    static String of(Object raw) {
        String text = Concealment.text(String.valueOf(raw));
        String line = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
        return line.isBlank() ? "'" + line + "'" : line.replace("\n", "\\n").replace("\r", "\\r");
    }
}
