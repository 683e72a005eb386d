// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Writes a regular expression of Java as one of ECMA-262, which JSON Schema and editors read, with the flag {@code u} or
 * without. What Java alone has, such as possessive repetition, flags and intersections of classes, cannot be written; names of groups are not.
 * Used once.
 */
final class PortablePattern {
    /** What means something outside of a class, and may have a backslash. */
    private static final String SYNTAX = "^$\\.*+?()[]{}|/";

    private static final String CLASSES = "dDwWsS";
    private static final String CONTROLS = "tnrf";

    private final String java;
    private final StringBuilder portable = new StringBuilder();
    /** Whether what is open may be repeated: not what only looks ahead or behind. */
    private final Deque<Boolean> brackets = new ArrayDeque<>();

    private int at;
    /** Whether what was read last may be repeated. */
    private boolean last;

    /** Says that it cannot be written. */
    private static final class JavaOnlyException extends Exception {
        private static final long serialVersionUID = 1L;

        JavaOnlyException() {
            super("Java only", null, false, false);
        }
    }

    private PortablePattern(String java) {
        this.java = java;
    }

    /**
     * Writes an expression that {@link java.util.regex.Pattern} takes.
     *
     * @return empty when ECMA-262 has no such expression, or it would mean something else
     */
    static Optional<String> of(String java) {
        try {
            PortablePattern pattern = new PortablePattern(java);
            while (pattern.at < java.length()) {
                pattern.next();
            }
            return Optional.of(pattern.portable.toString());
        } catch (JavaOnlyException e) {
            return Optional.empty();
        }
    }

    private char take() throws JavaOnlyException {
        if (at >= java.length()) {
            throw new JavaOnlyException();
        }
        return java.charAt(at++);
    }

    private boolean follows(String text) {
        return java.startsWith(text, at);
    }

    private void next() throws JavaOnlyException {
        char c = take();
        boolean repeatable = true;
        switch (c) {
            case '\\' -> escaped("");
            case '[' -> group();
            case ']', '}' -> portable.append('\\').append(c);
            case '(' -> repeatable = open();
            case ')' -> repeatable = close();
            case '*', '+', '?' -> repeatable = repeated(String.valueOf(c));
            case '{' -> repeatable = repeated("{" + counts());
            default -> {
                portable.append(c);
                repeatable = "^$|".indexOf(c) < 0;
            }
        }
        last = repeatable;
    }

    /** Whether it stands for several characters. */
    private boolean escaped(String also) throws JavaOnlyException {
        char c = take();
        if (CLASSES.indexOf(c) >= 0 || CONTROLS.indexOf(c) >= 0 || (SYNTAX + also).indexOf(c) >= 0) {
            portable.append('\\').append(c);
        } else if (c == 'u' || c == 'x') {
            hexadecimal(c);
        } else if (Character.isLetterOrDigit(c)) {
            throw new JavaOnlyException();
        } else {
            portable.append(c);
        }
        return CLASSES.indexOf(c) >= 0;
    }

    private void hexadecimal(char kind) throws JavaOnlyException {
        int digits = kind == 'u' ? 4 : 2;
        if (at + digits > java.length() || !java.substring(at, at + digits).matches("[0-9A-Fa-f]+")) {
            throw new JavaOnlyException();
        }
        portable.append('\\').append(kind).append(java, at, at + digits);
        at += digits;
    }

    private boolean open() throws JavaOnlyException {
        portable.append('(');
        boolean looks = follows("?=") || follows("?!") || follows("?<=") || follows("?<!");
        if (follows("?")) {
            if (!looks && !follows("?:")) {
                throw new JavaOnlyException();
            }
            // The question mark is no repetition, nor is what follows.
            portable.append(take()).append(take());
            if (follows("=") || follows("!")) {
                portable.append(take());
            }
        }
        brackets.push(!looks);
        return false;
    }

    private boolean close() throws JavaOnlyException {
        portable.append(')');
        if (brackets.isEmpty()) {
            throw new JavaOnlyException();
        }
        return brackets.pop();
    }

    private String counts() throws JavaOnlyException {
        int end = java.indexOf('}', at);
        if (end < 0 || !java.substring(at, end).matches("[0-9]+(,[0-9]*)?")) {
            throw new JavaOnlyException();
        }
        String counts = java.substring(at, end + 1);
        at = end + 1;
        return counts;
    }

    private boolean repeated(String sign) throws JavaOnlyException {
        if (!last) {
            throw new JavaOnlyException();
        }
        portable.append(sign);
        if (follows("?")) {
            portable.append(take());
        } else if (follows("+")) {
            throw new JavaOnlyException();
        }
        return false;
    }

    /** A class of characters: no class in it, and no intersection. A hyphen that is no range gets a backslash. */
    private void group() throws JavaOnlyException {
        portable.append('[');
        if (follows("^")) {
            portable.append(take());
        }
        if (follows("]")) {
            throw new JavaOnlyException();
        }
        boolean single = false;
        while (!follows("]")) {
            char c = take();
            if (c == '[' || c == '&' && follows("&")) {
                throw new JavaOnlyException();
            }
            boolean range = c == '-' && single && !follows("]");
            if (range) {
                portable.append('-');
                if (follows("[") || member(take())) {
                    throw new JavaOnlyException();
                }
                single = false;
            } else {
                single = !member(c);
            }
        }
        portable.append(take());
    }

    /** One member of a class; whether it stands for several characters. */
    private boolean member(char c) throws JavaOnlyException {
        if (c == '\\') {
            return escaped("-");
        }
        portable.append(c == '-' ? "\\-" : String.valueOf(c));
        return false;
    }
}
