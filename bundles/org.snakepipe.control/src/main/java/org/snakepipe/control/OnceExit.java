// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

/** What a process that runs one pipeline once says with its exit code. 2 and 3 are those of every run: usage, home in use. */
public final class OnceExit {
    /** The source was read to its end, and everything has arrived. */
    public static final int DONE = 0;

    /** The pipeline failed, does not end by itself, or is switched off; the message says why. */
    public static final int FAILED = 1;

    /** Nothing of this name is configured, or what is does not come into force. */
    public static final int UNKNOWN = 4;

    /** Something it needs is not there: a plugin, or a configuration. */
    public static final int WAITING = 5;

    /** Done, and rejected records wait in its quarantine, of this run or of earlier ones. */
    public static final int REJECTED = 6;

    /** Done, and records wait in a spool for a best-effort sink that does not take them now; the next run of it goes on. */
    public static final int SPOOLED = 7;

    /** Somebody stopped it; the next run goes on from there. As a shell says of what Ctrl-C ended. */
    public static final int INTERRUPTED = 130;

    private OnceExit() {}
}
