// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.regex.Pattern;

/** Numbers stay numbers, and all else is text in double quotes. */
final class JsonNotation implements Notation {
    private static final Pattern LITERAL =
            Pattern.compile("true|false|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    @Override
    public String key(String key) {
        return quoted(key);
    }

    @Override
    public String value(String text, boolean flow) {
        return quoted(text);
    }

    @Override
    public String like(Part old, String text, boolean flow) {
        return old.kind() == Part.Kind.PLAIN && LITERAL.matcher(text).matches() ? text : quoted(text);
    }

    static String quoted(String text) {
        StringBuilder written = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            switch (c) {
                case '"' -> written.append("\\\"");
                case '\\' -> written.append("\\\\");
                case '\n' -> written.append("\\n");
                case '\r' -> written.append("\\r");
                case '\t' -> written.append("\\t");
                default -> written.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return written.append('"').toString();
    }
}
