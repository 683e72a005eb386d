// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

/** The command line cannot be understood; the message is for people. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
