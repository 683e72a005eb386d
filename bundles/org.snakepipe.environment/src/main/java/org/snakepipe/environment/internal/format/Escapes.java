// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.regex.Pattern;

/**
 * The escapes of properties files, with one difference to {@link java.util.Properties}: backslashes directly in front of a
 * comma stay in a value, because only the schema knows whether the comma separates elements of a list.
 */
final class Escapes {
    private static final int UNICODE_DIGITS = 4;
    private static final int HEX = 16;
    /** Possessive: a value may be a megabyte of backslashes. */
    private static final Pattern LOST = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*+\\\\[A-Za-z0-9&&[^tnrfu]]");

    private Escapes() {}

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    /** Tells whether the text before {@code end} ends with a backslash that escapes what follows. */
    static boolean isOpen(CharSequence text, int end) {
        int index = end;
        while (index > 0 && text.charAt(index - 1) == '\\') {
            index--;
        }
        return (end - index) % 2 == 1;
    }

    /**
     * Resolves escapes.
     *
     * @throws IllegalArgumentException if a {@code \}{@code u} is not followed by four hexadecimal digits
     */
    static String resolve(String text, boolean keepBeforeComma) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder resolved = new StringBuilder(text.length());
        int index = 0;
        while (index < text.length()) {
            int end = endOfBackslashes(text, index);
            if (keepBeforeComma && end < text.length() && text.charAt(end) == ',') {
                resolved.append(text, index, end + 1);
                index = end + 1;
            } else {
                resolved.append("\\".repeat((end - index) / 2));
                boolean escaped = (end - index) % 2 == 1;
                index = end < text.length() ? character(text, end, escaped, resolved) : end;
            }
        }
        return resolved.toString();
    }

    /** Appends the character at {@code index} and returns where the next one begins. */
    private static int character(String text, int index, boolean escaped, StringBuilder resolved) {
        char c = text.charAt(index);
        if (escaped && c == 'u') {
            resolved.append(unicode(text, index + 1));
            return index + 1 + UNICODE_DIGITS;
        }
        resolved.append(escaped ? single(c) : c);
        return index + 1;
    }

    /** Tells whether a backslash gets lost that somebody probably wanted to keep, as in {@code \d+}. */
    static boolean losesBackslash(String text) {
        return text.indexOf('\\') >= 0 && LOST.matcher(text).find();
    }

    private static int endOfBackslashes(String text, int start) {
        int index = start;
        while (index < text.length() && text.charAt(index) == '\\') {
            index++;
        }
        return index;
    }

    private static char single(char escaped) {
        return switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static char unicode(String text, int start) {
        int end = Math.min(text.length(), start + UNICODE_DIGITS);
        int value = 0;
        for (int index = start; index < end; index++) {
            int digit = text.charAt(index) < 128 ? Character.digit(text.charAt(index), HEX) : -1;
            value = digit < 0 ? -1 : value * HEX + digit;
            if (digit < 0) {
                break;
            }
        }
        if (value < 0 || end - start < UNICODE_DIGITS) {
            throw new IllegalArgumentException("\\u is not followed by four hexadecimal digits"
                    + " (allowed: \\u and four digits for a character, \\\\u for a backslash and a u)");
        }
        return (char) value;
    }
}
