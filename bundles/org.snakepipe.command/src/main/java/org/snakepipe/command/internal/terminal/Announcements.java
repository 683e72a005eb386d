// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;

/** What is worth a line of its own about pipelines: other states, and that there is nothing new. Used by one thread. */
public final class Announcements {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Map<String, String> said = new HashMap<>();
    private final Set<String> quiet = new HashSet<>();

    /** Nothing has been said yet. */
    public Announcements() {
        // All state is above.
    }

    /**
     * What to say now.
     *
     * @param pipelines how they are
     * @param now       the time
     * @return lines; none when nothing has changed
     */
    public List<String> next(List<PipelineStatus> pipelines, Instant now) {
        List<String> lines = new ArrayList<>();
        for (PipelineStatus status : pipelines) {
            String text = state(status);
            if (!text.isEmpty() && !text.equals(said.put(status.name(), text))) {
                lines.add(text);
            }
            if (hasNothingNew(status, now) && quiet.add(status.name())) {
                lines.add(status.name() + ": already loaded " + status.total()
                        + ", nothing new; 'snakepipe pipeline reset " + status.name() + "' starts over");
            }
        }
        return lines;
    }

    /** States that pass by themselves are only in the status line. */
    private static String state(PipelineStatus status) {
        return switch (status.state()) {
            case CONFIGURED, STARTING, DRAINING -> "";
            case WAITING -> status.detail().isEmpty() ? "" : status.name() + " " + status.detail();
            case FAILED -> status.name() + " FAILED: " + status.detail();
            // That it waits for its sink comes and goes.
            case RUNNING, BACKPRESSURED -> status.name() + " runs";
            case PAUSED -> status.name() + " is paused";
            case FINISHED -> status.name() + " has finished: " + status.total() + " records";
            case STOPPED -> status.name() + " is stopped: " + status.detail();
        };
    }

    private static boolean hasNothingNew(PipelineStatus status, Instant now) {
        return status.state() == PipelineState.RUNNING
                && status.total() > 0
                && status.recent() == 0
                && status.inFlight() == 0
                && Duration.between(status.since(), now).compareTo(QUIET) > 0;
    }
}
