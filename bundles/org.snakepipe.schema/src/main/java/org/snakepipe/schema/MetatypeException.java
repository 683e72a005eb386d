// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

/** Says that a Metatype document cannot be used; the message names the source and the line. */
public final class MetatypeException extends Exception {
    private static final long serialVersionUID = 1L;

    MetatypeException(String message) {
        super(message);
    }

    MetatypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
