// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.snakepipe.control.PipelineStatus;

/** How all pipelines are, in one line. */
public final class StatusLine {
    private StatusLine() {}

    /**
     * The line.
     *
     * @param pipelines   how they are
     * @param environment its name
     * @param generation  the one in force
     * @param width       columns of the terminal; the line is cut so that it never wraps
     * @return the line
     */
    public static String of(List<PipelineStatus> pipelines, String environment, long generation, int width) {
        List<String> parts = new ArrayList<>();
        for (PipelineStatus status : pipelines) {
            parts.add(one(status));
        }
        parts.add(environment + ", generation " + generation);
        String line = String.join(" | ", parts);
        return line.length() < width ? line : line.substring(0, Math.max(0, width - 2)) + "…";
    }

    private static String one(PipelineStatus status) {
        String state = status.state().name().toLowerCase(Locale.ROOT);
        if (status.total() == 0 && status.inFlight() == 0) {
            return status.name() + " " + state;
        }
        return String.format(
                Locale.ROOT,
                "%s %s %,d, new %,d, %.1f/s",
                status.name(),
                state,
                status.total(),
                status.recent(),
                status.perSecond());
    }
}
