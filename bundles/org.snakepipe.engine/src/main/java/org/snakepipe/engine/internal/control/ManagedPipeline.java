// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.branch.Branches;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.checkpoint.Order;
import org.snakepipe.engine.internal.flow.End;
import org.snakepipe.engine.internal.flow.Line;
import org.snakepipe.engine.internal.flow.PipelineRun;
import org.snakepipe.engine.internal.flow.Replay;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * One configured pipeline: what it should be, and the run that is, if any. Decides what is done, and leaves that to its
 * {@link CurrentRun}, {@link Stopping} and {@link Resets}. The {@link Reconciler} and, for people, the {@link PipelineDesk} change
 * it on the control thread; the thread that stops a bundle calls {@link #partLeaving}, those that close the engine {@link #shut}.
 * Any thread may look at it, replay what it quarantined, and wait for it.
 */
final class ManagedPipeline {
    private final PipelineContext context;
    private final Condition condition;
    private final Branches branches;
    private final Duration drain;
    private final Selection selection;
    private final Preparation preparation;
    private final StandingOrder order;
    private final CurrentRun run;
    private final Endings endings = new Endings();
    private final Stopping stopping;
    private final Resets resets;
    private final StatusView view;
    private volatile PipelineSettings settings;

    /** Hears what becomes of a pipeline, on threads of the pipeline. */
    interface Owner {
        /** It ended by itself; on the source thread. @param run which one, for {@link ManagedPipeline#ended} */
        void ended(long run, End.Reason reason);

        /** It was stopped. Has {@link ManagedPipeline#departed} called, and waits for that. @return what that said */
        boolean stopped(ManagedPipeline pipeline) throws InterruptedException;
    }

    ManagedPipeline(String name, Environs environs, CheckpointFile file, Owner owner) {
        context = PipelineContext.of(name, environs, file, () -> settings);
        condition = context.condition();
        branches = context.branches();
        drain = environs.drain();
        selection = environs.selection();
        preparation = new Preparation(this, environs.parts(), context.opener(), branches, selection);
        order = new StandingOrder(environs.data().resolve("orders"), name);
        run = new CurrentRun(context, order, owner::ended);
        stopping = new Stopping(context, order, run, endings, () -> owner.stopped(this));
        resets = new Resets(context, run, stopping);
        view = new StatusView(context, run);
    }

    /** Whether it is kept from running: somebody stopped it, or this process runs another one once. */
    boolean isStopped() {
        return order.isStop() || !selection.has(name());
    }

    boolean isRunning() {
        return run.get() != null;
    }

    /** Whether it is being stopped: nothing of it is to be changed until that is over. */
    boolean isDeparting() {
        return stopping.isDeparting();
    }

    /** It is to be brought to what is wanted once it has stopped. */
    void bringOnLater() {
        stopping.bringOnLater();
    }

    /** Whether it has stopped, but not for good, or something changed meanwhile. */
    boolean isToBeBroughtOn() {
        return stopping.isChanged() || !isStopped();
    }

    /** Ends when it is not being stopped any more: with whether everything arrived. From any thread. */
    CompletableFuture<Boolean> whenDeparted() {
        return stopping.whenDeparted();
    }

    /** What runs; {@code null} when nothing does. */
    PipelineRun running() {
        PipelineRun running = run.get();
        return running == null || running.hasEnded() ? null : running;
    }

    /** Whether it ended by itself for good, and would end the same way again. */
    boolean endedAs(PipelineSettings now, Map<ConfigId, String> wanted) {
        return endings.isEndedStill(now, wanted);
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
        } else if (!selection.has(name())) {
            set(PipelineState.STOPPED, "not asked for: this process runs one pipeline once");
        } else if (order.isStop()) {
            condition.set(PipelineState.STOPPED, order.get());
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
        endings.trying();
        run.start(now, line, deadline);
    }

    /** Stops the run, if there is one, and waits for it; the best-effort sinks go on. */
    private void halt(Duration deadline) throws InterruptedException {
        endings.clear();
        run.halt(deadline);
    }

    /** Stops it and its best-effort sinks, and waits for that; what waits for them is kept. */
    void shut(Duration deadline) throws InterruptedException {
        if (!stopping.awaitClosed(deadline)) {
            halt(deadline);
        }
        branches.close(settings);
    }

    /** Everything is closed that was to be. @return {@code false} when there is more by now */
    boolean departed() {
        return stopping.departed();
    }

    /** Somebody wants it to be stopped, with its best-effort sinks. Does not wait. @return see {@link Stopping#stop} */
    CompletableFuture<Boolean> stop(Order stop, Duration deadline) {
        return stopping.stop(stop, deadline);
    }

    /**
     * A run ended by itself; of one that was replaced in the meantime nothing is said.
     *
     * @return whether something is to be replayed that came too late for it: another run has to be started
     */
    boolean ended(long number, End.Reason reason) {
        if (!run.ended(number)) {
            return false;
        }
        if (!reason.again() && !run.hasPending()) {
            endings.ended(settings, reason.uses());
        }
        if (reason.failure().isEmpty()) {
            set(PipelineState.FINISHED, "");
        } else {
            failed(reason.failure());
        }
        return run.hasPending();
    }

    String name() {
        return context.name();
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
        endings.unreachable(wantedSettings, failure);
        failed(failure.getMessage());
    }

    /** Whether nothing has changed that would make another try worth while before its time. */
    boolean isUnreachableStill(PipelineSettings wantedSettings, Map<ConfigId, String> wanted) {
        return run.get() == null && endings.isUnreachableStill(wantedSettings, wanted);
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
        order.set(now);
        if (!now.isPause()) {
            endings.clear();
        }
        PipelineRun running = run.get();
        if (running != null && !stopping.isDeparting()) {
            running.pause(now.isPause());
            condition.runs(now);
        }
        order.write(now);
    }

    /** Waits until everything that was read has arrived; not on the control thread. */
    boolean awaitArrived(long nanos) throws InterruptedException {
        PipelineRun running = run.get();
        return running == null || running.awaitEmpty(nanos);
    }

    Quarantine quarantine() {
        return context.quarantine();
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
            condition.runs(order.get());
        }
    }

    /** Sends it through the run that is, or else through the next one. @return whether one has to be started */
    boolean replay(Replay replay) {
        if (run.replay(replay)) {
            return false;
        }
        if (order.isStop()) {
            // There is no next one: who sent it is not to wait for it.
            replay.done().complete(false);
            return false;
        }
        endings.clear();
        run.replayNext(replay);
        return true;
    }

    /** Nobody waits for it any more: a later start is not to send it. */
    void forget(Replay replay) {
        run.forget(replay);
    }

    /** When it is tried again: milliseconds since 1970. */
    void nextTry(long millis) {
        condition.nextTry(millis);
    }

    /** It is to be stopped, and to read on from elsewhere. Does not wait. @return see {@link Resets#reset} */
    CompletableFuture<Boolean> reset(Position to) {
        return resets.reset(to, drain);
    }

    /** It is configured no more. */
    void remove() throws InterruptedException {
        shut(drain);
        resets.refuse();
    }

    /** Refuses a position that the source could not read on from. Not on the control thread; see {@link Resets#requireSense}. */
    void requireSense(Position position) throws InterruptedException {
        resets.requireSense(position);
    }

    /** A part is about to go. Stops what uses it; from the thread that stops its bundle. */
    void partLeaving(ConfigId id) throws InterruptedException {
        endings.forget(id);
        branches.partLeaving(id, drain);
        if (run.dependsOn(id) && !stopping.awaitClosed(drain)) {
            halt(drain);
            condition.waitFor(List.of(id));
        }
    }

    void set(PipelineState now, String detail) {
        condition.set(now, detail);
    }

    PipelineStatus status() {
        return view.status();
    }
}
