// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.terminal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Outcome;

/** A receipt for somebody who watches: what happened, in a line or few. */
public final class OutcomeText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int MOST_CHANGES = 5;

    private final Palette palette;
    private final ZoneId zone;

    /**
     * For a terminal.
     *
     * @param palette its colours
     * @param zone    its time
     */
    public OutcomeText(Palette palette, ZoneId zone) {
        this.palette = palette;
        this.zone = zone;
    }

    /**
     * The lines of a receipt.
     *
     * @param outcome the receipt
     * @return lines; none when nothing has changed
     */
    public List<String> lines(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        if (outcome.status() == Outcome.Status.UNCHANGED) {
            return lines;
        }
        lines.add(palette.dim(TIME.format(outcome.at().atZone(zone))) + " " + headline(outcome));
        if (outcome.status() == Outcome.Status.APPLIED) {
            outcome.changes().stream().limit(MOST_CHANGES).forEach(change -> lines.add("         " + change));
            if (outcome.changes().size() > MOST_CHANGES) {
                lines.add("         and " + (outcome.changes().size() - MOST_CHANGES) + " more");
            }
        }
        for (Problem problem : outcome.problems()) {
            lines.add("         " + (problem.isError() ? palette.bad("error") : "note ") + " " + problem);
        }
        return lines;
    }

    private String headline(Outcome outcome) {
        String millis = outcome.total().toMillis() + " ms";
        return switch (outcome.status()) {
            case APPLIED -> palette.good("APPLIED") + " generation " + outcome.generation() + " in " + millis;
            case REJECTED ->
                palette.bad("REJECTED") + " nothing was changed, generation " + outcome.generation() + " runs on";
            case ROLLED_BACK ->
                palette.bad("ROLLED BACK") + " to generation " + outcome.generation() + " in " + millis
                        + "; the files are held until they change";
            default -> palette.bad("FAILED") + " going back did not work either: look at the log, and restart";
        };
    }
}
