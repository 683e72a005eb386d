// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.osgi;

import java.io.PrintStream;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.snakepipe.command.internal.once.OnceRun;
import org.snakepipe.command.internal.terminal.TerminalWidth;
import org.snakepipe.control.House;
import org.snakepipe.control.OnceExit;
import org.snakepipe.control.Pipelines;
import org.snakepipe.verbs.Services;

/**
 * Runs one pipeline once, and ends the process with what became of it. There only in a process for that: the launcher registers
 * the exit when everything has started. In a terminal one line is drawn over and over, else there is one every few seconds.
 */
@Component(
        immediate = true,
        service = {})
public final class OnceComponent {
    private static final long TICK_MILLIS = 250;
    private static final long PLAIN_TICKS = 20;
    private static final long WIDTH_TICKS = 40;
    private static final String START_OF_LINE = "\r\u001b[K";

    private final Services services;
    private final IntConsumer exit;
    private final boolean terminal;
    private final PrintStream out = System.out;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "once");
        thread.setDaemon(true);
        return thread;
    });
    private OnceRun run;
    private int width;
    private long tick;

    /**
     * Begins.
     *
     * @param services who knows the pipelines
     * @param exit     ends the process
     */
    @Activate
    public OnceComponent(
            @Reference(name = "services") Services services,
            @Reference(name = "exit", target = "(" + House.EXIT + "=true)") IntConsumer exit) {
        this.services = services;
        this.exit = exit;
        this.terminal = "true".equals(services.property(House.TERMINAL));
        ticks.execute(this::start);
    }

    private void start() {
        Pipelines pipelines = services.pipelines().orElse(null);
        if (pipelines == null) {
            print("the engine is not there: look at the log");
            exit.accept(OnceExit.FAILED);
            return;
        }
        run = new OnceRun(services.property(House.ONCE), pipelines, this::print, Instant.now());
        try {
            OptionalInt over = run.start();
            if (over.isPresent()) {
                problems();
                exit.accept(over.getAsInt());
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        ticks.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Why it may not be there, or not as it should be. */
    private void problems() {
        services.config().ifPresent(config -> config.problems().forEach(problem -> print("  " + problem)));
    }

    private void look() {
        Instant now = Instant.now();
        OptionalInt over = run.look(now);
        if (over.isPresent()) {
            ticks.shutdown();
            exit.accept(over.getAsInt());
            return;
        }
        if (terminal) {
            if (tick % WIDTH_TICKS == 0) {
                width = TerminalWidth.columns();
            }
            run.line(now).ifPresent(this::draw);
        } else if (tick % PLAIN_TICKS == PLAIN_TICKS - 1) {
            run.line(now).ifPresent(this::print);
        }
        tick++;
    }

    /** It must not wrap: what has wrapped is not drawn over. */
    private void draw(String line) {
        out.print(START_OF_LINE + (line.length() < width ? line : line.substring(0, Math.max(0, width - 1))));
        out.flush();
    }

    private void print(String line) {
        out.print((terminal ? START_OF_LINE : "") + line + System.lineSeparator());
        out.flush();
    }

    /** The process ends. */
    @Deactivate
    public void close() {
        ticks.shutdownNow();
    }
}
