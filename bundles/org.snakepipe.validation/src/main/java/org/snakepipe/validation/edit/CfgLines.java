// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.ArrayList;
import java.util.List;

/** Joins lines as {@link java.util.Properties#load} does, and keeps the place of each character. Used once. */
final class CfgLines {
    private final String text;
    private final List<CfgLine> found = new ArrayList<>();
    private int position;
    private int number;

    private CfgLines(String text) {
        this.text = text;
    }

    static List<CfgLine> of(String text) {
        return new CfgLines(text).all();
    }

    private List<CfgLine> all() {
        while (position < text.length()) {
            int start = position;
            int first = number + 1;
            StringBuilder joined = new StringBuilder();
            List<Integer> places = new ArrayList<>();
            boolean open = take(joined, places);
            boolean silent = joined.isEmpty()
                    || joined.charAt(0) == '#'
                    || joined.charAt(0) == '!'
                    || joined.length() == 1 && open;
            while (!silent && open && position < text.length()) {
                joined.setLength(joined.length() - 1);
                places.remove(places.size() - 1);
                open = take(joined, places);
            }
            if (!silent && !open) {
                found.add(line(joined.toString(), places, start, first));
            }
        }
        return found;
    }

    /** Appends the next line of the file, and tells whether it announces another one. */
    private boolean take(StringBuilder joined, List<Integer> places) {
        int end = Document.endOfLine(text, position);
        int index = position;
        while (index < end && CfgEscapes.isSpace(text.charAt(index))) {
            index++;
        }
        int backslashes = 0;
        for (; index < end; index++) {
            backslashes = text.charAt(index) == '\\' ? backslashes + 1 : 0;
            joined.append(text.charAt(index));
            places.add(index);
        }
        number++;
        position = Document.nextLine(text, end);
        return backslashes % 2 == 1;
    }

    private CfgLine line(String joined, List<Integer> places, int start, int first) {
        int keyEnd = 0;
        while (keyEnd < joined.length() && !isSeparator(joined, keyEnd) && !isSpace(joined, keyEnd)) {
            keyEnd += joined.charAt(keyEnd) == '\\' ? 2 : 1;
        }
        keyEnd = Math.min(keyEnd, joined.length());
        int valueStart = skip(joined, keyEnd);
        if (valueStart < joined.length() && isSeparator(joined, valueStart)) {
            valueStart = skip(joined, valueStart + 1);
        }
        int valueEnd = joined.length();
        while (valueEnd > valueStart && isSpace(joined, valueEnd - 1) && !CfgEscapes.isOpen(joined, valueEnd - 1)) {
            valueEnd--;
        }
        int[] at = places.stream().mapToInt(Integer::intValue).toArray();
        return new CfgLine(joined, at, keyEnd, valueStart, valueEnd, start, position, first);
    }

    private static int skip(String joined, int start) {
        int index = start;
        while (index < joined.length() && isSpace(joined, index)) {
            index++;
        }
        return index;
    }

    private static boolean isSpace(String joined, int index) {
        return CfgEscapes.isSpace(joined.charAt(index));
    }

    private static boolean isSeparator(String joined, int index) {
        return joined.charAt(index) == '=' || joined.charAt(index) == ':';
    }
}
