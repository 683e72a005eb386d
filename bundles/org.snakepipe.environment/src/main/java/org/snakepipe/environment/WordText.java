// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.io.IOException;
import java.util.Optional;
import org.snakepipe.environment.internal.word.StayedWords;

/**
 * Fills in the words that stay in a resolved value, as {@link org.snakepipe.api.config.Deferred#word()} holds them: those of
 * secrets, and those of environment variables where a secret belongs. Without state; from any thread.
 */
public final class WordText {
    private WordText() {}

    /** Knows values by their names. */
    @FunctionalInterface
    public interface Values {
        /**
         * A value.
         *
         * @param name the name in the word
         * @return the value; empty when there is none of this name
         * @throws IOException if it cannot be read; no value is in the message
         */
        Optional<String> value(String name) throws IOException;
    }

    /**
     * Fills in.
     *
     * @param text      a text with words, and {@code $$[} for a literal {@code $[}
     * @param secrets   values of secrets
     * @param variables values of environment variables
     * @return the text; the values are not looked at for words
     * @throws IOException if a value is not there or cannot be read, or the text has words that cannot be filled in; no value is
     *                     in the message
     */
    public static String fill(String text, Values secrets, Values variables) throws IOException {
        return StayedWords.fill(text, secrets, variables);
    }
}
