// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.branch.Branches;
import org.snakepipe.engine.internal.checkpoint.Checkpoint;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.checkpoint.Order;
import org.snakepipe.engine.internal.checkpoint.OrderFile;
import org.snakepipe.engine.internal.flow.Counters;
import org.snakepipe.engine.internal.flow.End;
import org.snakepipe.engine.internal.flow.Line;
import org.snakepipe.engine.internal.flow.PipelineRun;
import org.snakepipe.engine.internal.flow.Replay;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Opener;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.state.States;

/**
 * One configured pipeline: what it should be, and the run that is, if any. Changes come from the control thread alone; status
 * may be read by any.
 */
final class ManagedPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedPipeline.class);
    private static final Duration ASK = Duration.ofSeconds(5);

    private final String name;
    private final Opener opener;
    private final Preparation preparation;
    private final CheckpointFile file;
    private final Duration drain;
    private final Selection selection;
    private final Owner owner;
    private final Counters counters = new Counters();
    private volatile PipelineSettings settings;
    private final AtomicReference<PipelineRun> run = new AtomicReference<>();
    /** While it is being stopped; begun and ended by the control thread. */
    private volatile Departure departure;
    /** Something changed while it was being stopped. */
    private boolean changed;

    private boolean removed;
    private volatile Ending ending;
    private Ending unreachable;
    private volatile Checkpoint checkpoint;
    private final Condition condition;
    private long runs;
    private final Quarantine quarantine;
    private final OrderFile orders;
    private volatile Order order;
    private final Queue<Replay> pending = new ConcurrentLinkedQueue<>();
    private final Branches branches;
    private final States states;

    /** Hears what becomes of a pipeline, on threads of the pipeline. */
    interface Owner {
        /** It ended by itself; on the source thread. @param run which one, for {@link ManagedPipeline#ended} */
        void ended(long run, End.Reason reason);

        /** It was stopped. Has {@link ManagedPipeline#departed} called, and waits for that. @return what that said */
        boolean stopped(ManagedPipeline pipeline) throws InterruptedException;
    }

    ManagedPipeline(String name, Environs environs, CheckpointFile file, Owner owner) {
        this.name = name;
        this.file = file;
        this.quarantine = new Quarantine(environs.data().resolve("quarantine").resolve(name));
        this.owner = owner;
        this.drain = environs.drain();
        this.selection = environs.selection();
        this.states = new States(environs.data().resolve("state").resolve(name));
        this.opener = new Opener(
                name,
                environs.data(),
                environs.parts(),
                environs.resources(),
                environs.secrets(),
                states,
                () -> settings == null ? System.Logger.Level.INFO : settings.logLevel());
        this.condition = new Condition(name, counters);
        this.branches = new Branches(
                name, opener, quarantine, environs.data().resolve("spool").resolve(name));
        this.preparation = new Preparation(this, environs.parts(), opener, branches, selection);
        this.orders = new OrderFile(environs.data().resolve("orders"), name);
        this.order = remembered();
        Checkpoint read = Checkpoint.START;
        try {
            read = file.read();
            states.load(read.state());
        } catch (IOException e) {
            set(PipelineState.FAILED, e.getMessage());
        }
        checkpoint = read;
        condition.recentFrom(read.total());
    }

    /** One that cannot be read may say that it is stopped: whoever said so had a reason. */
    private Order remembered() {
        try {
            return orders.read();
        } catch (IOException e) {
            return Order.now(Order.Kind.STOP, "the engine: " + e.getMessage());
        }
    }

    /** Whether it is kept from running: somebody stopped it, or this process runs another one once. */
    boolean isStopped() {
        return order.isStop() || !selection.has(name);
    }

    boolean isRunning() {
        return run.get() != null;
    }

    /** Whether it is being stopped: nothing of it is to be changed until that is over. */
    boolean isDeparting() {
        return departure != null;
    }

    /** It is to be brought to what is wanted once it has stopped. */
    void bringOnLater() {
        changed = true;
    }

    /** Whether it has stopped, but not for good, or something changed meanwhile. */
    boolean isToBeBroughtOn() {
        return changed || !isStopped();
    }

    /** Ends when it is not being stopped any more: with whether everything arrived. From any thread. */
    CompletableFuture<Boolean> whenDeparted() {
        Departure going = departure;
        return going == null ? CompletableFuture.completedFuture(true) : going.done();
    }

    /** What runs; {@code null} when nothing does. */
    PipelineRun running() {
        PipelineRun running = run.get();
        return running == null || running.hasEnded() ? null : running;
    }

    /** Whether it ended by itself for good, and would end the same way again. */
    boolean endedAs(PipelineSettings now, Map<ConfigId, String> wanted) {
        return ending != null && ending.isStill(now, wanted);
    }

    /** Opens what the settings need and is not open. @return what to do when everybody else is ready too */
    Prepared prepare(PipelineSettings now, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        return preparation.prepare(now, wanted, deadline);
    }

    /** Closes everything: it is not to run, or cannot. @param missing what it waits for, if nothing else keeps it */
    void rest(PipelineSettings now, List<ConfigId> missing) throws InterruptedException {
        settings = now;
        shut(drain);
        if (!now.enabled()) {
            set(PipelineState.STOPPED, "enabled = false");
        } else if (!selection.has(name)) {
            set(PipelineState.STOPPED, "not asked for: this process runs one pipeline once");
        } else if (order.isStop()) {
            condition.set(PipelineState.STOPPED, order);
        } else {
            condition.waitFor(missing);
        }
    }

    /** Stops what runs, if anything does, and starts anew. @param line is taken over, also when it does not start */
    void restart(PipelineSettings now, Line line, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        settings = now;
        halt(drain);
        branches.want(now, wanted);
        if (selection.isOne()) {
            // Who runs it once asks at its end what waits; there is no other pipeline that would be held up.
            branches.awaitLooked(deadline);
        }
        start(now, line, deadline);
    }

    private void start(PipelineSettings now, Line line, Duration deadline) throws OpenFailure, InterruptedException {
        ConfigId source = now.route().source();
        long number = ++runs;
        unreachable = null;
        set(PipelineState.STARTING, "");
        boolean started = false;
        try {
            checkpoint = file.read();
            states.load(checkpoint.state());
            Lease<SourceReader> reader = opener.reader(source, checkpoint.position(), deadline);
            PipelineRun.Services services = new PipelineRun.Services(
                    file,
                    from -> opener.reader(settings.route().source(), from, deadline),
                    reason -> owner.ended(number, reason),
                    counters,
                    quarantine,
                    branches,
                    states);
            PipelineRun next = new PipelineRun(name, now, reader, line, checkpoint, services);
            run.set(next);
            condition.nextTry(0);
            next.pause(order.isPause());
            runs();
            Replay first;
            while ((first = pending.poll()) != null) {
                next.replay(first);
            }
            next.start();
            started = true;
        } catch (IOException e) {
            failed(e.getMessage());
            // The disk may be there again by and by.
            owner.ended(number, new End.Reason(e.getMessage(), true, Map.of()));
        } catch (OpenFailure e) {
            failed(e.getMessage());
            throw e;
        } finally {
            if (!started) {
                line.retire();
            }
        }
    }

    /** Stops the run, if there is one, and waits for it; the best-effort sinks go on. */
    private void halt(Duration deadline) throws InterruptedException {
        ending = null;
        PipelineRun running = run.get();
        if (running != null) {
            set(PipelineState.DRAINING, "");
            running.stop(deadline.toNanos());
            over(running);
        }
    }

    /** From any thread: by now another may run, of which nothing is to be forgotten. */
    private void over(PipelineRun gone) {
        if (run.get() == gone) {
            checkpoint = gone.checkpoint();
            run.compareAndSet(gone, null);
        }
    }

    /** Stops it and its best-effort sinks, and waits for that; what waits for them is kept. */
    void shut(Duration deadline) throws InterruptedException {
        Departure going = departure;
        if (going == null) {
            halt(deadline);
        } else {
            going.hurry(deadline);
            going.awaitClosed();
        }
        branches.close(settings);
    }

    /** Begins to stop the run, if there is one and it is not being stopped already. */
    private Departure depart(Duration deadline) {
        if (departure != null) {
            return departure;
        }
        // What its end would say is not asked for any more.
        runs++;
        ending = null;
        changed = false;
        PipelineRun running = run.get();
        Departure going = new Departure(running, new Departure.Owner() {
            @Override
            public void closeSinks() throws InterruptedException {
                branches.close(settings);
            }

            @Override
            public boolean departed() throws InterruptedException {
                return owner.stopped(ManagedPipeline.this);
            }
        });
        departure = going;
        if (running != null) {
            set(PipelineState.DRAINING, "");
        }
        going.begin(name, deadline);
        return going;
    }

    /**
     * Everything is closed that was to be.
     *
     * @return {@code false} when there is more by now
     */
    boolean departed() {
        Departure going = departure;
        if (!going.isComplete()) {
            return false;
        }
        if (going.run() != null) {
            over(going.run());
        }
        departure = null;
        if (order.isStop()) {
            order = Order.now(Order.Kind.STOP, order.by());
            condition.set(PipelineState.STOPPED, order);
            pending.forEach(this::forget);
        } else {
            set(PipelineState.WAITING, "waits to be started again");
        }
        going.runSteps();
        return true;
    }

    /**
     * Somebody wants it to be stopped, with its best-effort sinks. Does not wait.
     *
     * @return ends when it has stopped: with whether everything arrived, or with an {@link IOException} when that cannot be
     *     remembered over a restart
     */
    CompletableFuture<Boolean> stop(Order stop, Duration deadline) {
        // Before anybody can see it draining: who asks then has to hear that it stops for good.
        order = stop;
        Departure going = depart(deadline);
        going.hurry(deadline);
        going.takeSinks();
        try {
            // Already now, in case this process does not live to see the end.
            orders.write(stop);
        } catch (IOException e) {
            LOG.debug("Written again when it has stopped, and said then", e);
        }
        return going.then(() -> {
            if (order.isStop()) {
                orders.write(order);
            }
        });
    }

    /**
     * A run ended by itself; of one that was replaced in the meantime nothing is said.
     *
     * @return whether something is to be replayed that came too late for it: another run has to be started
     */
    boolean ended(long number, End.Reason reason) {
        if (number != runs) {
            return false;
        }
        PipelineRun running = run.get();
        if (running != null) {
            checkpoint = running.checkpoint();
            run.compareAndSet(running, null);
        }
        if (!reason.again() && pending.isEmpty()) {
            ending = new Ending(settings, reason.uses());
        }
        if (reason.failure().isEmpty()) {
            set(PipelineState.FINISHED, "");
        } else {
            failed(reason.failure());
        }
        return !pending.isEmpty();
    }

    String name() {
        return name;
    }

    /** What it was told last; {@code null} before. */
    PipelineSettings settings() {
        return settings;
    }

    /** Other settings of what runs. */
    void settings(PipelineSettings now) {
        settings = now;
    }

    /** Something it needs cannot be reached now. */
    void unreachable(PipelineSettings wantedSettings, OpenFailure failure) {
        settings = wantedSettings;
        unreachable = new Ending(wantedSettings, failure.uses());
        failed(failure.getMessage());
    }

    /** Whether nothing has changed that would make another try worth while before its time. */
    boolean isUnreachableStill(PipelineSettings wantedSettings, Map<ConfigId, String> wanted) {
        return run.get() == null
                && unreachable != null
                && !unreachable.uses().isEmpty()
                && unreachable.isStill(wantedSettings, wanted);
    }

    /** Something of it does not come up. */
    void failed(String reason) {
        condition.failed(reason);
    }

    /**
     * Somebody says what it is to do. It does so, also when that cannot be remembered, and when it is just being stopped, afterwards;
     * what has to be opened or closed for it the caller does.
     *
     * @throws IOException if it cannot be remembered over a restart
     */
    void obey(Order now) throws IOException {
        order = now;
        if (!now.isPause()) {
            ending = null;
        }
        PipelineRun running = run.get();
        if (running != null && departure == null) {
            running.pause(now.isPause());
            runs();
        }
        orders.write(now);
    }

    private void runs() {
        if (order.isPause()) {
            condition.set(PipelineState.PAUSED, order);
        } else {
            set(PipelineState.RUNNING, "");
        }
    }

    /** Waits until everything that was read has arrived; not on the control thread. */
    boolean awaitArrived(long nanos) throws InterruptedException {
        PipelineRun running = run.get();
        return running == null || running.awaitEmpty(nanos);
    }

    Quarantine quarantine() {
        return quarantine;
    }

    /** Records have left the quarantine. */
    void roomMade() {
        PipelineRun running = run.get();
        if (running != null) {
            running.roomMade();
        }
    }

    /** Brings to the disk what waits for best-effort sinks. @return whether all of it is there */
    boolean secure() {
        return branches.secure();
    }

    /** It has what it lacked, and runs as it did before. */
    void goesOn() {
        if (condition.isWaiting()) {
            runs();
        }
    }

    /** Sends it through the run that is, or else through the next one. @return whether one has to be started */
    boolean replay(Replay replay) {
        PipelineRun running = run.get();
        if (running != null && running.replay(replay)) {
            return false;
        }
        if (order.isStop()) {
            // There is no next one: who sent it is not to wait for it.
            replay.done().complete(false);
            return false;
        }
        ending = null;
        pending.add(replay);
        return true;
    }

    /** Nobody waits for it any more: a later start is not to send it. */
    void forget(Replay replay) {
        if (pending.remove(replay)) {
            replay.done().complete(false);
        }
    }

    /** When it is tried again: milliseconds since 1970. */
    void nextTry(long millis) {
        condition.nextTry(millis);
    }

    /**
     * It is to be stopped, and to read on from elsewhere. Does not wait.
     *
     * @return ends when that is so, or with an {@link IOException} when it cannot be written
     */
    CompletableFuture<Boolean> reset(Position to) {
        return depart(drain).then(() -> {
            if (removed) {
                throw new IllegalStateException("pipeline '" + name + "' was removed meanwhile: it has not been reset");
            }
            Checkpoint start = new Checkpoint(to, 0);
            file.write(start);
            checkpoint = start;
            condition.recentFrom(0);
        });
    }

    /** It is configured no more. */
    void remove() throws InterruptedException {
        shut(drain);
        removed = true;
    }

    /**
     * Asks the source whether it could read on from there; that may take a while, so not on the control thread.
     *
     * @throws IllegalArgumentException if it could not; the message says what is allowed
     * @throws IllegalStateException    if it cannot be asked
     */
    void requireSense(Position position) throws InterruptedException {
        if (position.equals(Position.START)) {
            return;
        }
        if (settings == null) {
            throw new IllegalStateException("pipeline '" + name + "' has no source yet that could tell whether it can"
                    + " read on from there: wait for its definition, or reset it to its start");
        }
        List<String> mistakes;
        try {
            mistakes = opener.mistakes(settings.route().source(), position, ASK);
        } catch (OpenFailure e) {
            throw new IllegalStateException(
                    "whether the source can read on from there cannot be told: " + e.getMessage(), e);
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /** A part is about to go. Stops what uses it; from the thread that stops its bundle. */
    void partLeaving(ConfigId id) throws InterruptedException {
        Ending last = ending;
        if (last != null && last.uses().containsKey(id)) {
            ending = null;
        }
        branches.partLeaving(id, drain);
        if (dependsOn(id)) {
            Departure going = departure;
            if (going == null) {
                halt(drain);
                condition.waitFor(List.of(id));
            } else {
                going.hurry(drain);
                going.awaitClosed();
            }
        }
    }

    private boolean dependsOn(ConfigId id) {
        PipelineRun running = run.get();
        if (running == null) {
            return false;
        }
        Lease<SourceReader> reader = running.reader();
        return settings.route().source().equals(id)
                || reader != null && reader.uses().containsKey(id)
                || running.line().uses().containsKey(id);
    }

    void set(PipelineState now, String detail) {
        condition.set(now, detail);
    }

    PipelineStatus status() {
        return condition.status(new Condition.Moment(
                settings, run.get(), checkpoint, quarantine.count(), branches.status(), ordering()));
    }

    private String ordering() {
        PipelineSettings shown = settings;
        PipelineRun running = run.get();
        if (shown == null) {
            return "";
        }
        if (shown.ordering() != Ordering.AUTO || running == null) {
            return shown.ordering().name().toLowerCase(Locale.ROOT);
        }
        return running.line()
                .keyed()
                .or(branches::keyed)
                .map(id -> "key (auto: " + id + " has a key)")
                .orElse("none (auto: no sink has a key)");
    }
}
