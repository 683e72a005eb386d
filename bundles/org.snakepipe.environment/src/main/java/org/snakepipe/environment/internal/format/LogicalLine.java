// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.ArrayList;
import java.util.List;

/**
 * One or more lines of a file that make one pair of key and value, still with its escapes.
 *
 * @param text      the lines joined, without white space before each
 * @param line      where it begins, from 1
 * @param column    where it begins, from 1
 * @param truncated {@code true} when the file ends where another line was announced
 */
record LogicalLine(String text, int line, int column, boolean truncated) {
    /** Joins continued lines and leaves out blank lines and comments, as {@link java.util.Properties#load} does. */
    static List<LogicalLine> join(List<String> lines) {
        List<LogicalLine> joined = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            int start = firstInk(lines.get(index));
            String line = lines.get(index).substring(start);
            if (isSilent(line, index + 1 == lines.size())) {
                continue;
            }
            int first = index + 1;
            if (!Escapes.isOpen(line, line.length())) {
                joined.add(new LogicalLine(line, first, start + 1, false));
                continue;
            }
            StringBuilder text = new StringBuilder(line);
            boolean continued = true;
            while (continued && index + 1 < lines.size()) {
                index++;
                String next = lines.get(index);
                text.setLength(text.length() - 1);
                text.append(next, firstInk(next), next.length());
                continued = Escapes.isOpen(next, next.length());
            }
            joined.add(new LogicalLine(text.toString(), first, start + 1, continued));
        }
        return joined;
    }

    /** A backslash alone goes on with nothing: what follows is a line of its own, a comment too. */
    private static boolean isSilent(String text, boolean last) {
        return text.isEmpty() || (text.equals("\\") && !last) || text.charAt(0) == '#' || text.charAt(0) == '!';
    }

    private static int firstInk(String line) {
        int index = 0;
        while (index < line.length() && Escapes.isSpace(line.charAt(index))) {
            index++;
        }
        return index;
    }
}
