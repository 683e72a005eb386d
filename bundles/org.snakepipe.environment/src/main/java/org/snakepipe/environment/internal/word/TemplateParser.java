// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.ArrayList;
import java.util.List;
import org.snakepipe.environment.internal.word.Template.Piece;
import org.snakepipe.environment.internal.word.Template.Text;
import org.snakepipe.environment.internal.word.Template.Word;

/**
 * Finds words in a text. In front of {@code [}, two dollar signs stand for one that begins no word: {@code $$[} is the text
 * {@code $[}. A default reaches to the bracket that closes its word, and may hold words.
 */
final class TemplateParser {
    private static final String DEFAULT = "default=";
    private static final int MOST_NESTED = 8;

    private final String text;
    private int index;

    private TemplateParser(String text) {
        this.text = text;
    }

    static Template parse(String text) throws WordException {
        return new TemplateParser(text).template(0);
    }

    private Template template(int nesting) throws WordException {
        if (nesting > MOST_NESTED) {
            throw new WordException("word.syntax", "words are nested too deeply (allowed: " + MOST_NESTED + ")");
        }
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (index < text.length() && !(nesting > 0 && text.charAt(index) == ']')) {
            int dollars = dollars();
            if (dollars == 0) {
                plain.append(text.charAt(index++));
                continue;
            }
            index += dollars;
            boolean bracket = index < text.length() && text.charAt(index) == '[';
            plain.append("$".repeat(bracket ? dollars / 2 : dollars));
            if (bracket && dollars % 2 == 0) {
                plain.append('[');
                index++;
            } else if (bracket) {
                flush(plain, pieces);
                pieces.add(word(nesting));
            }
        }
        flush(plain, pieces);
        return new Template(pieces);
    }

    private int dollars() {
        int end = index;
        while (end < text.length() && text.charAt(end) == '$') {
            end++;
        }
        return end - index;
    }

    private static void flush(StringBuilder plain, List<Piece> pieces) {
        if (plain.length() > 0) {
            pieces.add(new Text(plain.toString()));
            plain.setLength(0);
        }
    }

    /** Stands on the bracket, with the dollar sign before it. */
    private Word word(int nesting) throws WordException {
        int start = index - 1;
        index++;
        int end = index;
        while (end < text.length() && text.charAt(end) != ']' && text.charAt(end) != ';') {
            end++;
        }
        String content = text.substring(index, end).strip();
        index = end;
        Template fallback = null;
        if (index < text.length() && text.charAt(index) == ';') {
            index++;
            if (!text.startsWith(DEFAULT, index)) {
                throw new WordException("word.syntax", "a word has an option that is none (allowed: default=TEXT)");
            }
            index += DEFAULT.length();
            fallback = template(nesting + 1);
        }
        if (index >= text.length()) {
            throw new WordException(
                    "word.syntax", "a word is not closed (allowed: $[KIND:NAME]; for the text $[ write $$[)");
        }
        index++;
        int colon = content.indexOf(':');
        String kind = colon < 0 ? content : content.substring(0, colon);
        String name = colon < 0 ? "" : content.substring(colon + 1);
        return new Word(kind, name, fallback, text.substring(start, index), false);
    }
}
