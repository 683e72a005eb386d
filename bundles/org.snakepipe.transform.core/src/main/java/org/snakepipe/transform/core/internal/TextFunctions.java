// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What expressions can do with text: {@code text:upper(name)}. A {@code null} gives {@code null}. */
public final class TextFunctions {
    private TextFunctions() {}

    /**
     * In upper case.
     *
     * @param text the text
     * @return upper case by the rules of no language
     */
    public static String upper(String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    /**
     * In lower case.
     *
     * @param text the text
     * @return lower case by the rules of no language
     */
    public static String lower(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /**
     * Without white space around.
     *
     * @param text the text
     * @return the text between
     */
    public static String trim(String text) {
        return text == null ? null : text.strip();
    }

    /**
     * A part; what lies outside of the text is left out.
     *
     * @param text the text
     * @param from first character, from 0
     * @param to   the character after the last one
     * @return the part
     */
    public static String part(String text, int from, int to) {
        if (text == null) {
            return null;
        }
        int begin = Math.max(0, Math.min(from, text.length()));
        return text.substring(begin, Math.max(begin, Math.min(to, text.length())));
    }

    /**
     * What follows the last occurrence of a separator, for example the name in a path.
     *
     * @param text      the text
     * @param separator the separator
     * @return the rest; the text itself when there is no separator
     */
    public static String last(String text, String separator) {
        if (text == null) {
            return null;
        }
        int at = text.lastIndexOf(separator);
        return at < 0 ? text : text.substring(at + separator.length());
    }

    /**
     * A list as text.
     *
     * @param list      the list
     * @param separator stands between the elements
     * @return the elements in their order
     */
    public static String join(List<?> list, String separator) {
        return list == null ? null : list.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
}
