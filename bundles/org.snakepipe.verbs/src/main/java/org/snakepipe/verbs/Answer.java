// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.List;

/**
 * What a verb answers.
 *
 * @param exit  0 when it was done, 1 when not, 2 when it was not understood
 * @param lines for people
 * @param data  the same for programs: maps, lists, text and numbers
 */
public record Answer(int exit, List<String> lines, Object data) {
    /** Copies the lines. */
    public Answer {
        lines = List.copyOf(lines);
    }

    static Answer of(List<String> lines, Object data) {
        return new Answer(0, lines, data);
    }

    static Answer failed(String message) {
        return new Answer(1, List.of(message), message);
    }

    static Answer misunderstood(String message) {
        return new Answer(2, List.of(message), message);
    }

    /**
     * The lines as one text.
     *
     * @return without a line feed at the end
     */
    public String text() {
        return String.join("\n", lines);
    }
}
