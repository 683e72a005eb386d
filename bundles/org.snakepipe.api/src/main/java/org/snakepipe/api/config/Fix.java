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
    private final String key;
    private final String value;
    private final String sentence;

    private Fix(Kind kind, String text, String key, String value) {
        this(kind, text, key, value, sentence(kind, text));
    }

    private Fix(Kind kind, String text, String key, String value, String sentence) {
        this.kind = kind;
        this.text = Objects.requireNonNull(text, "text");
        this.key = Objects.requireNonNull(key, "key");
        this.value = Objects.requireNonNull(value, "value");
        this.sentence = sentence;
    }

    private static String sentence(Kind kind, String text) {
        return switch (kind) {
            case RENAME, REPLACE -> "did you mean '" + text + "'?";
            case ADD -> "add '" + text + "'";
            case REMOVE -> "remove it";
        };
    }

    /**
     * Another name for the key.
     *
     * @param key the name that is meant
     * @return the fix
     */
    public static Fix rename(String key) {
        return new Fix(Kind.RENAME, key, key, "");
    }

    /**
     * Another value for the key.
     *
     * @param value the value that is meant
     * @return the fix
     */
    public static Fix replace(String value) {
        return new Fix(Kind.REPLACE, value, "", value);
    }

    /**
     * Another value for the key, which other environments have: nothing tells that it is the one that is meant.
     *
     * @param value the value
     * @return the fix
     */
    public static Fix replaceAsElsewhere(String value) {
        return new Fix(Kind.REPLACE, value, "", value, "other environments have '" + value + "'");
    }

    /**
     * A line that is missing.
     *
     * @param line for example {@code url = jdbc:h2:mem:}
     * @return the fix
     */
    public static Fix add(String line) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? "" : line.substring(0, equals).strip();
        return new Fix(
                Kind.ADD,
                line,
                key,
                equals < 0 ? "" : line.substring(equals + 1).strip());
    }

    /**
     * A key that is missing.
     *
     * @param key   the key
     * @param value its value; empty when somebody has to think of one
     * @return the fix
     */
    public static Fix add(String key, String value) {
        return new Fix(Kind.ADD, (key + " = " + value).strip(), key, value);
    }

    /**
     * A key that should go.
     *
     * @return the fix
     */
    public static Fix remove() {
        return new Fix(Kind.REMOVE, "", "", "");
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

    /**
     * The key that is to be there afterwards, for formats that are not made of lines.
     *
     * @return of {@link Kind#RENAME} and {@link Kind#ADD}; empty when it is that of the problem, or not known
     */
    public String key() {
        return key;
    }

    /**
     * The value that is to be there afterwards, as text; commas separate the elements of a list.
     *
     * @return of {@link Kind#REPLACE} and {@link Kind#ADD}; empty when it stays as it is, or somebody has to think of one
     */
    public String value() {
        return value;
    }

    /** A sentence for people: {@code did you mean 'batch.size'?}. */
    @Override
    public String toString() {
        return sentence;
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
