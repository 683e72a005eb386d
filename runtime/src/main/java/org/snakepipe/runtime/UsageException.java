// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

/** A command line that cannot be understood. The message says what was found and what was probably meant. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
