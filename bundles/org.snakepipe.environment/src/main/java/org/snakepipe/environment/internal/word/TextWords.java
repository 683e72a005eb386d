// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.List;
import java.util.Optional;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.environment.internal.word.Template.Piece;
import org.snakepipe.environment.internal.word.Template.Text;
import org.snakepipe.environment.internal.word.Template.Word;

/** Puts the values of words into the text around them. Not thread-safe. */
final class TextWords {
    private final Words words;
    private final Evaluation evaluation;

    TextWords(Words words, Evaluation evaluation) {
        this.words = words;
        this.evaluation = evaluation;
    }

    /** Text, {@link Deferred}, or what a property holds when it is all there is. */
    Object filled(Template template, Reference reference) throws WordException, CycleException {
        Word only = template.onlyWord();
        if (only != null && only.kind().equals(Words.PROP)) {
            return evaluation.property(only, reference);
        }
        return text(template, reference);
    }

    /** Text, or {@link Deferred} when a word stays. */
    Object text(Template template, Reference reference) throws WordException, CycleException {
        FilledText text = new FilledText();
        fill(template, reference, text);
        return text.value();
    }

    private void fill(Template template, Reference reference, FilledText text) throws WordException, CycleException {
        for (Piece piece : template.pieces()) {
            if (piece instanceof Text plain) {
                text.append(plain.text());
            } else if (piece instanceof Word word) {
                fill(word, reference, text);
            }
        }
    }

    private void fill(Word word, Reference reference, FilledText text) throws WordException, CycleException {
        switch (word.kind()) {
            case Words.ENV -> variable(word, reference, text);
            case Words.SECRET -> {
                words.checkSecret(word);
                text.keep(word.source(), true);
            }
            case Words.PROP -> insert(evaluation.property(word, reference), word, text);
            case Words.INHERITED ->
                throw new WordException(
                        "word.place", "$[inherited] stands beside text (allowed: as an element of a list, alone)");
            case Words.UNSET ->
                throw new WordException(
                        "word.place", "$[unset] stands beside text (allowed: alone, as the whole value)");
            default -> throw Words.unknown(word);
        }
    }

    /** The value of a secret that comes from a variable is not read here: it would stand in the configuration for all to see. */
    private void variable(Word word, Reference reference, FilledText text) throws WordException, CycleException {
        Optional<String> value = words.variable(word);
        if (value.isEmpty() && word.fallback() != null) {
            fill(word.fallback(), reference, text);
            return;
        }
        if (value.isEmpty()) {
            words.missing(word);
        }
        if (value.isEmpty() || reference.secret()) {
            text.keep(word.withoutDefault(), reference.secret());
        } else {
            text.append(value.get());
        }
    }

    private static void insert(Object value, Word word, FilledText text) throws WordException {
        if (value instanceof List) {
            throw new WordException(
                    "word.place", word.shown() + " is a list, and stands beside text" + Words.escape(word));
        }
        if (!(value instanceof Deferred deferred)) {
            text.append(value.toString());
            return;
        }
        for (Piece piece : TemplateParser.parse(deferred.word()).pieces()) {
            if (piece instanceof Text plain) {
                text.append(plain.text());
            } else if (piece instanceof Word later) {
                text.keep(later.source(), deferred.secret());
            }
        }
    }
}
