// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.osgi;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.snakepipe.command.internal.terminal.Announcements;
import org.snakepipe.command.internal.terminal.OutcomeText;
import org.snakepipe.command.internal.terminal.Palette;
import org.snakepipe.command.internal.terminal.StatusLine;
import org.snakepipe.command.internal.terminal.TerminalWidth;
import org.snakepipe.control.House;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.verbs.Services;

/**
 * What somebody sees who runs the runtime in a terminal: receipts and news as lines, and below them one line that is drawn over
 * and over. Does nothing when standard output is no terminal; then the log is what is seen.
 */
@Component(immediate = true)
public final class TerminalStatus implements ReloadListener {
    private static final long TICK_MILLIS = 250;
    private static final long WIDTH_TICKS = 40;
    private static final String START_OF_LINE = "\r\u001b[K";

    private final Services services;
    private final boolean active;
    private final PrintStream out = System.out;
    private final OutcomeText texts;
    private final Announcements announcements = new Announcements();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "terminal-status");
        thread.setDaemon(true);
        return thread;
    });
    private int width = 80;
    private long tick;
    private ReloadResult shown;

    /**
     * Begins to draw.
     *
     * @param services what is shown
     */
    @Activate
    public TerminalStatus(@Reference(name = "services") Services services) {
        this.services = services;
        // What runs once has a line of its own.
        active = "true".equals(services.property(House.TERMINAL))
                && services.property(House.ONCE).isEmpty();
        texts = new OutcomeText(
                new Palette(active && !Palette.isUnwanted(System.getenv("NO_COLOR"))), ZoneId.systemDefault());
        if (active) {
            ticks.execute(this::welcome);
            ticks.scheduleWithFixedDelay(this::draw, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void welcome() {
        print(List.of(
                "  edit   " + services.property(House.CONFIG) + " and save: it is live",
                "  drop   plugins into " + services.property(House.DEPLOY),
                "  ask    from another terminal: snakepipe status | pipeline list | shell | stop"));
        services.config().flatMap(manager -> manager.lastResult()).ifPresent(this::show);
    }

    @Override
    public void ended(ReloadResult outcome) {
        if (active) {
            ticks.execute(() -> show(outcome));
        }
    }

    private void show(ReloadResult outcome) {
        if (outcome != shown) {
            shown = outcome;
            print(texts.lines(outcome));
        }
    }

    private void print(List<String> lines) {
        lines.forEach(line -> out.print(START_OF_LINE + line + "\n"));
        out.flush();
    }

    private void draw() {
        if (tick++ % WIDTH_TICKS == 0) {
            width = TerminalWidth.columns();
        }
        List<PipelineStatus> pipelines =
                services.pipelines().map(Pipelines::list).orElse(List.of());
        print(announcements.next(pipelines, Instant.now()));
        long generation = services.config().map(manager -> manager.generation()).orElse(0L);
        out.print(START_OF_LINE + StatusLine.of(pipelines, services.property(House.ENVIRONMENT), generation, width));
        out.flush();
    }

    /** Leaves the terminal with the last counts. */
    @Deactivate
    public void close() {
        ticks.shutdown();
        if (active) {
            out.print(START_OF_LINE);
            out.flush();
        }
    }
}
