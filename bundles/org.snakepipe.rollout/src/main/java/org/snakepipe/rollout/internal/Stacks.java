// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where threads stand, for the log: whoever hangs cannot say so himself. */
final class Stacks {
    private static final int FRAMES = 12;

    private Stacks() {}

    /** Where a thread is, in one line. @param thread one that may have ended, or {@code null} for one that never began */
    static String of(Thread thread) {
        return of(thread == null ? new StackTraceElement[0] : thread.getStackTrace());
    }

    /** The same of a stack. @param frames the innermost first */
    static String of(StackTraceElement[] frames) {
        return frames.length == 0
                ? "nowhere"
                : Arrays.stream(frames)
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ", "at ", ""));
    }
}
