// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.io.IOException;
import java.util.Optional;
import org.snakepipe.environment.WordText;
import org.snakepipe.environment.internal.word.Template.Piece;
import org.snakepipe.environment.internal.word.Template.Text;
import org.snakepipe.environment.internal.word.Template.Word;

/** The other half of {@link FilledText}: fills in what that lets stay. */
public final class StayedWords {
    private StayedWords() {}

    /** Fills in. @throws IOException if a value is not there; no value is in the message */
    public static String fill(String text, WordText.Values secrets, WordText.Values variables) throws IOException {
        if (!Template.mayHoldWord(text)) {
            return text;
        }
        try {
            StringBuilder filled = new StringBuilder();
            append(TemplateParser.parse(text), secrets, variables, filled);
            return filled.toString();
        } catch (WordException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void append(
            Template template, WordText.Values secrets, WordText.Values variables, StringBuilder filled)
            throws IOException {
        for (Piece piece : template.pieces()) {
            if (piece instanceof Text plain) {
                filled.append(plain.text());
            } else if (piece instanceof Word word) {
                filled.append(value(word, secrets, variables));
            }
        }
    }

    private static String value(Word word, WordText.Values secrets, WordText.Values variables) throws IOException {
        Optional<String> value = switch (word.kind()) {
            case Words.SECRET -> secrets.value(word.name());
            case Words.ENV -> variables.value(word.name());
            default -> throw new IOException("$[" + word.kind() + "] cannot be filled in where a value is used");
        };
        return value.orElseThrow(() -> new IOException(
                word.kind().equals(Words.SECRET)
                        ? "there is no secret " + word.name()
                        : "there is no environment variable " + word.name()));
    }
}
