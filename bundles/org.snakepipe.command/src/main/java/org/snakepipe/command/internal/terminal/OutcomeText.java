// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.terminal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ReloadResult;

/** A receipt for somebody who watches: what happened, in a line or few. */
public final class OutcomeText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int MOST_CHANGES = 5;

    private final Palette palette;
    private final ZoneId zone;
    private final Set<String> notes = new HashSet<>();

    /**
     * For a terminal. Remembers what it has said: a note that stays true is not repeated with each receipt.
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
     * @return at least one line: who saves a file sees that it was read
     */
    public List<String> lines(ReloadResult outcome) {
        List<String> lines = new ArrayList<>();
        lines.add(palette.dim(TIME.format(outcome.at().atZone(zone))) + " " + headline(outcome));
        if (outcome.status() == ReloadResult.Status.APPLIED || outcome.status() == ReloadResult.Status.PENDING) {
            outcome.changes().stream().limit(MOST_CHANGES).forEach(change -> lines.add("         " + change));
            if (outcome.changes().size() > MOST_CHANGES) {
                lines.add("         and " + (outcome.changes().size() - MOST_CHANGES) + " more");
            }
        }
        for (Problem problem : outcome.problems()) {
            if (problem.isError()) {
                lines.add("         " + palette.bad("error") + " " + problem);
            } else if (!notes.contains(problem.toString())) {
                lines.add("         note  " + problem);
            }
        }
        notes.clear();
        outcome.problems().stream()
                .filter(problem -> !problem.isError())
                .forEach(problem -> notes.add(problem.toString()));
        return lines;
    }

    private String headline(ReloadResult outcome) {
        String millis = outcome.total().toMillis() + " ms";
        return switch (outcome.status()) {
            case APPLIED -> palette.good("APPLIED") + " generation " + outcome.generation() + " in " + millis;
            case UNCHANGED ->
                palette.dim("UNCHANGED") + " generation " + outcome.generation() + ": the files say what is in force";
            case PENDING ->
                palette.dim("PENDING") + " generation " + outcome.generation() + " runs on; confirm it with: apply "
                        + outcome.hash().orElse("");
            case REJECTED ->
                palette.bad("REJECTED") + " nothing was changed, generation " + outcome.generation() + " runs on";
            case ROLLED_BACK ->
                palette.bad("ROLLED BACK") + " to generation " + outcome.generation() + " in " + millis
                        + "; the files are held until they change";
            default -> palette.bad("FAILED") + " going back did not work either: look at the log, and restart";
        };
    }
}
