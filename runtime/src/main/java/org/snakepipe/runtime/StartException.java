// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

/** The runtime does not start, for a reason that a person can mend. The message is all that has to be shown. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    StartException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process ends with, see {@link ExitCode}. */
    int exitCode() {
        return exitCode;
    }
}
