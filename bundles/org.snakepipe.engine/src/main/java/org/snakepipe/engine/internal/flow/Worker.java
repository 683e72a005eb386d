// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.engine.internal.part.Reason;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.state.Changes;
import org.snakepipe.engine.internal.state.States;

/** Takes a share of a batch through the line that is in force, as often as it needs. Used by all workers of a pipeline. */
final class Worker implements Crew.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long SUMMARY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RunState run;
    private final LineSwitch lines;
    private final AckWindow window;
    private final Counters counters;
    private final Rejects rejects;
    private final Outlets outlets;
    private final States states;
    private long skippedSince;
    private long skipped;

    Worker(RunState run, LineSwitch lines, AckWindow window, Rejects rejects, PipelineRun.Services services) {
        this.run = run;
        this.lines = lines;
        this.window = window;
        this.counters = services.counters();
        this.rejects = rejects;
        this.outlets = services.outlets();
        this.states = services.states();
    }

    /** What a worker has begun: a share, and what has become of it so far. */
    private record Begun(Batch.Share share, Passage passage) {}

    @Override
    public void take(Batch.Share share, Lane lane) {
        if (run.isOver()) {
            // What comes after a record that stopped the pipeline is not to be written before it.
            return;
        }
        Backoff backoff = backoff();
        long seen = run.changeCount();
        Begun own = begin(share);
        Begun aside = null;
        try {
            while (true) {
                own = own == null || attempt(own) ? null : own;
                aside = own != null && aside == null ? begin(lane.aside()) : aside;
                if (aside != null && attempt(aside)) {
                    // It may have made room for the other, and there may be more of its kind.
                    aside = null;
                } else if (own == null && aside == null) {
                    return;
                } else if (run.pauseBeforeTry(backoff.next(), seen)) {
                    seen = run.changeCount();
                    backoff = backoff();
                }
            }
        } catch (InterruptedException e) {
            // Stopping: what is not acknowledged is read again at the next start.
            Thread.currentThread().interrupt();
        }
    }

    private Begun begin(Batch.Share share) {
        return share == null
                ? null
                : new Begun(share, new Passage(share, run.settings().route().source(), rejects, outlets));
    }

    private Backoff backoff() {
        Limits limits = run.settings().limits();
        return new Backoff(limits.retryMin().toNanos(), limits.retryMax().toNanos());
    }

    /** {@code true} when the share has arrived or the pipeline has failed. */
    private boolean attempt(Begun begun) throws InterruptedException {
        Batch.Share share = begun.share();
        Passage passage = begun.passage();
        Line line = lines.enter();
        Changes changes = states.begin();
        try {
            Passage.Result result = passage.through(line, run.settings().onError(), changes);
            share.batch().whenArrived(states.pass(changes));
            counters.wrote(result.written());
            rejected(result.rejected());
            run.troubleEnded(passage);
            if (share.batch().partDone()) {
                window.finish(share.batch());
                counters.arrived(share.batch().isAgain() ? 0 : share.batch().bytes());
                share.replay().ifPresent(replay -> replay.done().complete(true));
            }
            return true;
        } catch (IOException e) {
            // The flag alone does not tell: parts make another exception of an interruption.
            if (run.isStopping() && (Thread.interrupted() || !run.mayDrain())) {
                throw new InterruptedException("stopping");
            }
            run.trouble(passage, Reason.of(e));
            return false;
        } catch (InterruptedException e) {
            if (run.isStopping() || run.isOver()) {
                throw e;
            }
            // Nobody here interrupts a worker that is to go on: a plugin did.
            run.trouble(passage, "a part was interrupted");
            return false;
        } catch (PipelineFailure e) {
            run.fail(e.getMessage(), false);
            throw new InterruptedException("failed");
        } catch (RuntimeException | Error e) {
            // A mistake in a plugin: trying again would make it again, and skipping would lose records.
            LOG.error("A part of the pipeline {} failed", run.name(), e);
            run.fail("a part failed with " + e + ": the log has the details; start the pipeline to try again", false);
            throw new InterruptedException("failed");
        } finally {
            states.end();
            line.leave();
        }
    }

    private void rejected(int count) {
        if (count == 0) {
            return;
        }
        counters.rejected(count);
        synchronized (this) {
            skipped += count;
            long now = System.nanoTime();
            if (skippedSince == 0 || now - skippedSince > SUMMARY_NANOS) {
                LOG.warn(
                        "Pipeline {}: {} records rejected (on.error = {})",
                        run.name(),
                        skipped,
                        run.settings().onError());
                skippedSince = now;
                skipped = 0;
            }
        }
    }
}
