// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.io.Serial;
import java.util.List;

/** Says why a value cannot be told from its words; the message shows no value. */
final class WordException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<String> meant;
    private final String wrong;

    WordException(String code, String message) {
        this(code, message, "", List.of());
    }

    /**
     * With a better name.
     *
     * @param wrong the word as it should not be
     * @param meant the words that may be meant
     */
    WordException(String code, String message, String wrong, List<String> meant) {
        super(message);
        this.code = code;
        this.wrong = wrong;
        this.meant = meant;
    }

    /** No single key is to blame for values that have no end: then each key says so. */
    void throwIfEndless() throws WordException {
        if (code.equals("word.depth") || code.equals("word.size")) {
            throw this;
        }
    }

    String code() {
        return code;
    }

    String wrong() {
        return wrong;
    }

    List<String> meant() {
        return meant;
    }
}
