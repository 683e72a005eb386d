// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.validation.edit.Part.Kind;
import org.snakepipe.validation.edit.Part.Pair;

/** Finds the parts of a JSON text with comments, of which it is known that it can be read. Used once. */
final class JsonParts {
    private static final int UNICODE_DIGITS = 4;
    private static final int HEX = 16;

    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;
    private int counted;

    private JsonParts(String text) {
        this.text = text;
    }

    /** The outermost part; {@code null} when there is none. */
    static Part read(String text) {
        JsonParts parts = new JsonParts(text);
        parts.skip();
        return parts.position < text.length() ? parts.value() : null;
    }

    /** The next character, from there on, that is neither white space nor in a comment of JSON or YAML. */
    static int nextInk(String text, int from) {
        int index = from;
        while (index < text.length()) {
            if (text.startsWith("//", index) || text.charAt(index) == '#') {
                index = Document.endOfLine(text, index);
            } else if (text.startsWith("/*", index)) {
                int end = text.indexOf("*/", index + 2);
                index = end < 0 ? text.length() : end + 2;
            } else if (Character.isWhitespace(text.charAt(index))) {
                index++;
            } else {
                return index;
            }
        }
        return index;
    }

    private void skip() {
        position = nextInk(text, position);
    }

    private Part value() {
        return switch (text.charAt(position)) {
            case '{' -> group(true);
            case '[' -> group(false);
            default -> scalar();
        };
    }

    private Part group(boolean mapping) {
        int start = position++;
        int[] at = place(start);
        List<Part> items = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        skip();
        while (text.charAt(position) != '}' && text.charAt(position) != ']') {
            if (text.charAt(position) == ',') {
                position++;
                skip();
            }
            Part part = value();
            skip();
            if (mapping) {
                position++;
                skip();
                pairs.add(new Pair(part, value()));
                skip();
            } else {
                items.add(part);
            }
        }
        position++;
        return new Part(mapping ? Kind.FLOW_MAPPING : Kind.FLOW_LIST, "", start, position, at[0], at[1], items, pairs);
    }

    private Part scalar() {
        int start = position;
        int[] at = place(start);
        if (text.charAt(start) == '"') {
            position++;
            String content = quoted();
            return Part.scalar(Kind.DOUBLE, content, start, position, at[0], at[1]);
        }
        while (position < text.length()
                && (Character.isLetterOrDigit(text.charAt(position)) || "+-.".indexOf(text.charAt(position)) >= 0)) {
            position++;
        }
        return Part.scalar(Kind.PLAIN, text.substring(start, position), start, position, at[0], at[1]);
    }

    private String quoted() {
        StringBuilder content = new StringBuilder();
        while (text.charAt(position) != '"') {
            char c = text.charAt(position++);
            content.append(c == '\\' ? escaped(text.charAt(position++)) : c);
        }
        position++;
        return content.toString();
    }

    private char escaped(char c) {
        switch (c) {
            case 'u':
                position += UNICODE_DIGITS;
                return (char) Integer.parseInt(text.substring(position - UNICODE_DIGITS, position), HEX);
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'b':
                return '\b';
            default:
                return c;
        }
    }

    /** Line and column; asked in the order of the text. */
    private int[] place(int index) {
        while (counted < index) {
            int end = Document.endOfLine(text, counted);
            if (end >= index) {
                break;
            }
            counted = Document.nextLine(text, end);
            lineStart = counted;
            line++;
        }
        return new int[] {line, index - lineStart + 1};
    }
}
