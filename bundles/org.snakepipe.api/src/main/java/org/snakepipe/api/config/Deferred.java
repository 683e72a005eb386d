// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.Objects;

/**
 * A raw value that is not there yet, and passes every check that needs it: in place of a text, or as an element of a list.
 *
 * <p>Either it holds a secret, stays a word in the configuration that is published, and is filled in where it is used; it is
 * allowed only for keys that the schema calls secret. Or it is an environment variable that only the target machine has: this
 * one is met offline alone, and is never published.
 *
 * @param word   the whole value as written, words and the text around them: {@code $[secret:orders.password]}
 * @param secret {@code true} when it holds a secret
 */
public record Deferred(String word, boolean secret) {
    /**
     * Checks that there is a word.
     *
     * @param word   as in the record
     * @param secret as in the record
     */
    public Deferred {
        Objects.requireNonNull(word, "word");
    }

    /** The word as written: no value is in it. */
    @Override
    public String toString() {
        return word;
    }
}
