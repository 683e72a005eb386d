// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text as the layers give it. Commas separate the elements of a list; {@code \,} is a comma that does not, and in front of a
 * comma {@code \\} is a backslash. Everywhere else a backslash is a backslash.
 */
public final class ListText {
    private static final Pattern BACKSLASHES_AND_COMMA = Pattern.compile("(?<!\\\\)\\\\++,");
    private static final Pattern BACKSLASHES_BEFORE_COMMA = Pattern.compile("(?<!\\\\)\\\\++(?=,)");

    private ListText() {}

    /**
     * Splits.
     *
     * @param text of a list
     * @return the elements, trimmed; none in a blank text
     */
    public static List<String> split(String text) {
        List<String> elements = new ArrayList<>();
        if (text.isBlank()) {
            return elements;
        }
        StringBuilder element = new StringBuilder();
        int backslashes = 0;
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c == ',') {
                element.setLength(element.length() - (backslashes + 1) / 2);
            }
            if (c == ',' && backslashes % 2 == 0) {
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

    /**
     * Reads one value that is no list.
     *
     * @param text as it is written
     * @return the value
     */
    public static String plain(String text) {
        return text.indexOf('\\') < 0
                ? text
                : BACKSLASHES_AND_COMMA.matcher(text).replaceAll(ListText::halved);
    }

    /**
     * Writes one value that is no list.
     *
     * @param value what {@link #plain} is to read
     * @return the text
     */
    public static String quoted(String value) {
        return BACKSLASHES_BEFORE_COMMA.matcher(value).replaceAll("$0$0");
    }

    /**
     * Writes a list.
     *
     * @param elements what {@link #split} is to read; none of them blank
     * @return the text
     */
    public static String join(List<?> elements) {
        StringBuilder text = new StringBuilder();
        for (Object element : elements) {
            if (!text.isEmpty()) {
                int end = text.length();
                while (end > 0 && text.charAt(end - 1) == '\\') {
                    end--;
                }
                text.append(text.substring(end)).append(", ");
            }
            text.append(quoted(String.valueOf(element)).replace(",", "\\,"));
        }
        return text.toString();
    }

    private static String halved(MatchResult run) {
        // In a replacement, two backslashes stand for one: the run without its comma is already twice as long as
        // needed.
        int backslashes = run.group().length() - 1;
        return "\\\\".repeat(backslashes / 2) + ",";
    }
}
