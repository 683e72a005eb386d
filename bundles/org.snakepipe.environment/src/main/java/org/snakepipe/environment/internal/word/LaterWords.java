// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.io.IOException;
import org.snakepipe.environment.WordText.Values;
import org.snakepipe.environment.internal.word.Template.Piece;
import org.snakepipe.environment.internal.word.Template.Text;
import org.snakepipe.environment.internal.word.Template.Word;

/**
 * Fills what {@link FilledText} let stay. A text that got here may be a secret as a whole, one that somebody forgot to escape,
 * so messages show nothing of it but the proper names of words. Immutable.
 */
public final class LaterWords {
    /** A secret may be a chain of certificates; more than a few of these are a mistake. */
    private static final int MOST = 1 << 22;

    private final Values secrets;
    private final Values variables;

    /** Begins with what gives the values. */
    public LaterWords(Values secrets, Values variables) {
        this.secrets = secrets;
        this.variables = variables;
    }

    /** The text with the values in it. */
    public String fill(String text) throws IOException {
        if (!Template.mayHoldWord(text)) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        for (Piece piece : parsed(text).pieces()) {
            if (piece instanceof Text plain) {
                filled.append(plain.text());
            } else if (piece instanceof Word word) {
                filled.append(value(word));
            }
            if (filled.length() > MOST) {
                throw new IOException("grows beyond " + MOST + " characters when its words are filled");
            }
        }
        return filled.toString();
    }

    private static Template parsed(String text) throws IOException {
        try {
            return TemplateParser.parse(text);
        } catch (WordException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String value(Word word) throws IOException {
        try {
            return switch (word.kind()) {
                case Words.SECRET -> secret(word);
                case Words.ENV -> variable(word);
                default ->
                    throw new IOException(
                            "a word is none that may stay in a value (allowed: $[secret:NAME], $[env:NAME];"
                                    + " for the text $[ write $$[)");
            };
        } catch (WordException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String secret(Word word) throws WordException, IOException {
        Words.checkSecretName(word);
        return secrets.value(word.name()).orElseThrow(() -> new IOException("there is no secret " + word.name()));
    }

    /** A default was taken, or not, when the configuration was resolved: a word that stays has none. */
    private String variable(Word word) throws WordException, IOException {
        Words.checkVariable(word);
        if (word.fallback() != null) {
            throw new IOException(word.shown() + " has a default, and stays in a value (allowed: without default)");
        }
        return variables
                .value(word.name())
                .orElseThrow(() -> new IOException("there is no environment variable " + word.name()));
    }

    /** The text as one that holds no word. */
    public static String escape(String text) {
        if (!Template.mayHoldWord(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 2);
        FilledText.escape(text, false, escaped);
        return escaped.toString();
    }
}
