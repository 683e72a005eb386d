// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.snakepipe.environment.internal.word.LaterWords;

/**
 * Fills the words that a resolution leaves in a value, those of a {@link org.snakepipe.api.config.Deferred}:
 * {@code $[secret:NAME]}, and {@code $[env:NAME]} of a secret key. {@code $$[} is the text {@code $[}. Immutable; from any
 * thread, as far as the functions allow it.
 */
public final class WordText {
    private final LaterWords words;

    /** Gives the values of secrets, or of environment variables. */
    @ConsumerType
    @FunctionalInterface
    public interface Values {
        /**
         * The value that a word names.
         *
         * @param name a proper name, never {@code null}
         * @return the value; empty when there is none
         * @throws IOException if it cannot be told; the message holds no value
         */
        Optional<String> value(String name) throws IOException;
    }

    /**
     * Begins.
     *
     * @param secrets   asked once for each word of a secret, at each {@link #fill}
     * @param variables asked once for each word of a variable; never for those that may not enter a configuration
     */
    public WordText(Values secrets, Values variables) {
        this.words = new LaterWords(
                Objects.requireNonNull(secrets, "secrets"), Objects.requireNonNull(variables, "variables"));
    }

    /**
     * Puts in the values. What is put in is never looked at again.
     *
     * @param text words and the text around them, as {@link org.snakepipe.api.config.Deferred#word()} holds them; never
     *     {@code null}
     * @return the text with the values; the same text when it holds no {@code $[}
     * @throws IOException if a value is missing or cannot be told, or if a word is broken or of a kind that never stays. The
     *     message is for people and shows neither a value nor a part of the text, apart from proper names
     */
    public String fill(String text) throws IOException {
        return words.fill(text);
    }

    /**
     * Writes a text as one that holds no word, so that {@link #fill} gives it back. For a plain value in a place that is going
     * to be filled.
     *
     * @param text any text; never {@code null}
     * @return the same text when it holds no {@code $[}
     */
    public static String escape(String text) {
        return LaterWords.escape(text);
    }
}
