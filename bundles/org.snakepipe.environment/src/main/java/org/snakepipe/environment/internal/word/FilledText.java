// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import org.snakepipe.api.config.Deferred;

/**
 * Puts a text together of which some words may have to stay. Inserted text is never looked at again: should it hold what looks
 * like a word, it is escaped in what stays. Not thread-safe.
 */
final class FilledText {
    private static final int MOST = 1 << 16;

    private final StringBuilder done = new StringBuilder();
    private final StringBuilder literal = new StringBuilder();
    private boolean deferred;
    private boolean secret;

    void append(String text) throws WordException {
        literal.append(text);
        if (literal.length() + done.length() > MOST) {
            throw new WordException("word.size", "grows beyond " + MOST + " characters when its words are resolved");
        }
    }

    /** Lets a word stay. */
    void keep(String word, boolean isSecret) {
        flush(true);
        done.append(word);
        deferred = true;
        secret |= isSecret;
    }

    /** A {@link String}, or a {@link Deferred} when a word stays. */
    Object value() {
        if (!deferred) {
            return literal.toString();
        }
        flush(false);
        return new Deferred(done.toString(), secret);
    }

    private void flush(boolean beforeWord) {
        escape(literal, beforeWord, done);
        literal.setLength(0);
    }

    /**
     * Writes a text so that it holds no word.
     *
     * @param beforeWord whether a word follows, so that dollar signs at the end would be taken for part of it
     */
    static void escape(CharSequence text, boolean beforeWord, StringBuilder to) {
        int index = 0;
        while (index < text.length()) {
            int end = index;
            while (end < text.length() && text.charAt(end) == '$') {
                end++;
            }
            boolean bracket = end < text.length() ? text.charAt(end) == '[' : beforeWord;
            to.append(text, index, end).append("$".repeat(bracket ? end - index : 0));
            if (end < text.length()) {
                to.append(text.charAt(end));
            }
            index = end + 1;
        }
    }
}
