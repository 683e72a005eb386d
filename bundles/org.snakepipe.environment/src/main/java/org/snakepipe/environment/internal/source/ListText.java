// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The elements of lists that are written as text, split exactly as schemas split them: at commas; {@code \,} is a comma that
 * separates nothing, and in front of a comma {@code \\} is a backslash.
 */
public final class ListText {
    private ListText() {}

    /** The elements of a raw value, trimmed; none in a blank text. */
    public static List<String> elements(Object raw) {
        if (raw instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return split(raw.toString());
    }

    /** The elements of a text, trimmed; none in a blank one. A comma inside of a word separates nothing. */
    public static List<String> split(String text) {
        List<String> elements = new ArrayList<>();
        if (text.isBlank()) {
            return elements;
        }
        StringBuilder element = new StringBuilder();
        int backslashes = 0;
        int words = 0;
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            words += c == '[' && (words > 0 || index > 0 && text.charAt(index - 1) == '$') ? 1 : 0;
            words -= c == ']' && words > 0 ? 1 : 0;
            if (c == ',' && words == 0) {
                element.setLength(element.length() - (backslashes + 1) / 2);
            }
            if (c == ',' && words == 0 && backslashes % 2 == 0) {
                elements.add(element.toString().strip());
                element.setLength(0);
            } else {
                element.append(c);
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        elements.add(element.toString().strip());
        return elements;
    }

    /** The text that a schema reads as the given one: backslashes in front of a comma are doubled. */
    public static String quoted(String text) {
        if (text.indexOf("\\,") < 0) {
            return text;
        }
        StringBuilder quoted = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            int end = index;
            while (end < text.length() && text.charAt(end) == '\\') {
                end++;
            }
            boolean comma = end < text.length() && text.charAt(end) == ',';
            quoted.append(text, index, end).append(comma ? text.substring(index, end) : "");
            if (end < text.length()) {
                quoted.append(text.charAt(end));
            }
            index = end;
        }
        return quoted.toString();
    }
}
