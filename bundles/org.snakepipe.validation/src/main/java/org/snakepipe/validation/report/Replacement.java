// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.Problem;
import org.snakepipe.validation.edit.Edited;
import org.snakepipe.validation.edit.Fixes;

/**
 * What the fix of a problem changes in its file; lines and columns from 1, the end is behind the last character.
 *
 * @param text what is there afterwards
 */
record Replacement(int startLine, int startColumn, int endLine, int endColumn, String text) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Empty when the fix cannot be made without asking. */
    static Optional<Replacement> of(String path, byte[] content, Problem problem) {
        Edited edited = Fixes.apply(path, content, List.of(problem));
        return edited.isChanged() ? Optional.of(between(text(content), text(edited.content()))) : Optional.empty();
    }

    private static String text(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static Replacement between(String before, String after) {
        int most = Math.min(before.length(), after.length());
        int start = 0;
        while (start < most && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        int tail = 0;
        while (tail < most - start
                && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
            tail++;
        }
        int[] from = place(before, start);
        int[] to = place(before, before.length() - tail);
        return new Replacement(from[0], from[1], to[0], to[1], after.substring(start, after.length() - tail));
    }

    private static int[] place(String text, int index) {
        int line = 1;
        int start = 0;
        for (int at = 0; at < index; at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r' && !text.startsWith("\n", at + 1)) {
                line++;
                start = at + 1;
            }
        }
        return new int[] {line, index - start + 1};
    }
}
