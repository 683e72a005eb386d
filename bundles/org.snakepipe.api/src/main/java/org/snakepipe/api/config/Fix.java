// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.Objects;

/**
 * One edit that would solve a {@link Problem}. Immutable.
 */
public final class Fix {
    /** What the edit does. */
    public enum Kind {
        /** Gives the key of the problem another name: {@link Fix#text()}. */
        RENAME,
        /** Gives the key of the problem another value: {@link Fix#text()}. */
        REPLACE,
        /** Adds the line {@link Fix#text()}. */
        ADD,
        /** Removes the key of the problem. */
        REMOVE
    }

    private final Kind kind;
    private final String text;

    private Fix(Kind kind, String text) {
        this.kind = kind;
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * Another name for the key.
     *
     * @param key the name that is meant
     * @return the fix
     */
    public static Fix rename(String key) {
        return new Fix(Kind.RENAME, key);
    }

    /**
     * Another value for the key.
     *
     * @param value the value that is meant
     * @return the fix
     */
    public static Fix replace(String value) {
        return new Fix(Kind.REPLACE, value);
    }

    /**
     * A line that is missing.
     *
     * @param line for example {@code url = jdbc:h2:mem:}
     * @return the fix
     */
    public static Fix add(String line) {
        return new Fix(Kind.ADD, line);
    }

    /**
     * A key that should go.
     *
     * @return the fix
     */
    public static Fix remove() {
        return new Fix(Kind.REMOVE, "");
    }

    /**
     * What the edit does.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The new name, value or line.
     *
     * @return the text; empty for {@link Kind#REMOVE}
     */
    public String text() {
        return text;
    }

    /** A sentence for people: {@code did you mean 'batch.size'?}. */
    @Override
    public String toString() {
        return switch (kind) {
            case RENAME, REPLACE -> "did you mean '" + text + "'?";
            case ADD -> "add '" + text + "'";
            case REMOVE -> "remove it";
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fix fix && fix.kind == kind && fix.text.equals(text);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + text.hashCode();
    }
}
