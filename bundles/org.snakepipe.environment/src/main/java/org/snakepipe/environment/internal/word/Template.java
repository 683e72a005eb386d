// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.List;

/**
 * A text with words in it.
 *
 * @param pieces what it is made of, in order
 */
record Template(List<Piece> pieces) {
    /** What every word begins with. */
    static final String OPEN = "$[";

    /** A part of the text. */
    sealed interface Piece permits Text, Word {}

    /** Text that means itself; escapes are resolved. */
    record Text(String text) implements Piece {}

    /**
     * One word.
     *
     * @param kind     what stands before the colon
     * @param name     what stands behind it; empty when there is no colon
     * @param fallback what the option {@code default} says; {@code null} without one
     * @param source   the word as written
     * @param veiled   whether it may be part of a secret, so that no message may show more than a kind that is known
     */
    record Word(String kind, String name, Template fallback, String source, boolean veiled) implements Piece {
        /** The word for messages: without its default, which may be a secret. */
        String shown() {
            return veiled ? OPEN + kind + ":...]" : withoutDefault();
        }

        String withoutDefault() {
            return name.isEmpty() ? OPEN + kind + "]" : OPEN + kind + ":" + name + "]";
        }
    }

    Template {
        pieces = List.copyOf(pieces);
    }

    /**
     * The same in a value that nobody may see. There, what looks like a word may be part of a text that somebody forgot to
     * escape; it is a word for sure when it is well formed and all there is.
     *
     * @param whole whether this is the whole value
     */
    Template veiled(boolean whole) {
        Word only = whole ? onlyWord() : null;
        return new Template(pieces.stream()
                .map(piece -> piece instanceof Word word ? veiled(word, word != only || !Words.isProper(word)) : piece)
                .toList());
    }

    private static Piece veiled(Word word, boolean veil) {
        Template fallback = word.fallback == null ? null : word.fallback.veiled(false);
        return new Word(word.kind, word.name, fallback, word.source, veil);
    }

    /** Tells whether there may be a word in a raw value or in one of its elements. */
    static boolean mayHoldWord(Object raw) {
        if (raw instanceof String text) {
            return text.contains(OPEN);
        }
        return raw instanceof List<?> list && list.stream().anyMatch(Template::mayHoldWord);
    }

    /** Tells whether a raw value makes its key one that nobody has ever set. */
    static boolean isUnset(Object raw) {
        return raw instanceof String text && mayHoldWord(text) && read(text).isUnset();
    }

    /** Tells whether what lies below a raw value goes into it. */
    static boolean inherits(Object raw) {
        if (raw instanceof List<?> list) {
            return list.stream().anyMatch(Template::inherits);
        }
        return raw instanceof String text && mayHoldWord(text) && read(text).holds(Words.INHERITED);
    }

    /** What is no template holds no word. */
    private static Template read(String text) {
        try {
            return TemplateParser.parse(text);
        } catch (WordException e) {
            return new Template(List.of());
        }
    }

    /** Whether the key is unset: blanks around the word are no text that it stands beside. */
    boolean isUnset() {
        List<Piece> ink = pieces.stream()
                .filter(piece -> !(piece instanceof Text text && text.text.isBlank()))
                .toList();
        return ink.size() == 1 && ink.get(0) instanceof Word word && word.kind.equals(Words.UNSET);
    }

    boolean holds(String kind) {
        return pieces.stream().anyMatch(piece -> piece instanceof Word word && word.kind.equals(kind));
    }

    /** The word, if it is all there is. */
    Word onlyWord() {
        return pieces.size() == 1 && pieces.get(0) instanceof Word word ? word : null;
    }
}
