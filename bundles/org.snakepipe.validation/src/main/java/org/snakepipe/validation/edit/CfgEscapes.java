// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

/** Writes what {@code .cfg} files read: the escapes of properties, with backslashes before a comma as they are. */
final class CfgEscapes {
    private CfgEscapes() {}

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

    static String key(String key) {
        StringBuilder written = new StringBuilder();
        for (int index = 0; index < key.length(); index++) {
            char c = key.charAt(index);
            boolean special = c == '=' || c == ':' || c == ' ' || c == '\\' || index == 0 && (c == '#' || c == '!');
            written.append(special ? "\\" + c : control(c));
        }
        return written.toString();
    }

    /** A whole value. @param separator whether there is a sign between key and value already */
    static String value(String value, boolean separator) {
        return part(value, 0, value.length(), separator);
    }

    /** A part of a value, which is written where that part stands. */
    static String part(String value, int from, int to, boolean separator) {
        StringBuilder written = new StringBuilder();
        int index = from;
        while (index < to) {
            char c = value.charAt(index);
            int run = index;
            while (run < to && value.charAt(run) == '\\') {
                run++;
            }
            if (run > index) {
                boolean comma = run < value.length() && value.charAt(run) == ',';
                written.append("\\".repeat((run - index) * (comma ? 1 : 2)));
                index = run;
                continue;
            }
            boolean edge = c == ' ' && (index == 0 || index == value.length() - 1);
            boolean taken = index == 0 && !separator && (c == '=' || c == ':');
            written.append(edge || taken ? "\\" + c : control(c));
            index++;
        }
        return written.toString();
    }

    private static String control(char c) {
        return switch (c) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\f' -> "\\f";
            default -> c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
        };
    }
}
