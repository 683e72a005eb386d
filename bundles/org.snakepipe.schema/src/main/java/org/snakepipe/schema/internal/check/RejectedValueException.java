// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.List;

/** Says why one value is not allowed. Without a stack: it never leaves the room, and a bad file has many of them. */
final class RejectedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<String> meant;

    /**
     * A rejection.
     *
     * @param code   the code of the problem
     * @param reason follows the found value in a sentence: {@code is not an integer}
     * @param meant  what was probably meant, the most likely first
     */
    RejectedValueException(String code, String reason, List<String> meant) {
        super(reason, null, false, false);
        this.code = code;
        this.meant = meant;
    }

    RejectedValueException(String code, String reason) {
        this(code, reason, List.of());
    }

    String code() {
        return code;
    }

    List<String> meant() {
        return meant;
    }
}
