// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

/** What the process says to whoever started it. */
final class ExitCode {
    /** Done, or stopped because somebody asked for it. */
    static final int OK = 0;

    /** It did not work; the reason is on standard error. */
    static final int FAILURE = 1;

    /** The command line cannot be understood. */
    static final int USAGE = 2;

    /** Another process uses this home. */
    static final int ALREADY_RUNNING = 3;

    /** Configuration could not be delivered any more, and somebody supervises the process, who starts it anew. */
    static final int STUCK = 7;

    private ExitCode() {}
}
