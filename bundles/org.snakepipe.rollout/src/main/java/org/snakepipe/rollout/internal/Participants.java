// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PipelineEffect;
import org.snakepipe.control.Plan;

/**
 * All participants as one. Each call runs on a thread that can be left behind, because a participant that does not answer must
 * not stop the rollout for ever.
 */
public final class Participants {
    private static final Logger LOG = LoggerFactory.getLogger(Participants.class);
    private static final Duration PER_ID = Duration.ofMillis(20);
    private static final String GONE = "participant.gone";
    private static final String CAME = "participant.came";

    private final Duration hold;
    private final Duration base;
    private final Duration grace;
    private final List<Participant> present = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "snakepipe-settle");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * With this patience.
     *
     * @param hold  for a hold, and for a release
     * @param base  for a settle, and 20 ms for each id
     * @param grace besides, for one that keeps to its deadline by itself
     */
    Participants(Duration hold, Duration base, Duration grace) {
        this.hold = hold;
        this.base = base;
        this.grace = grace;
    }

    /**
     * One more takes part from the next change on.
     *
     * @param participant who
     */
    public void add(Participant participant) {
        present.add(participant);
    }

    /**
     * One leaves.
     *
     * @param participant who
     */
    public void remove(Participant participant) {
        present.remove(participant);
    }

    List<Participant> all() {
        return List.copyOf(present);
    }

    /** Holds all of them; what is wrong is a refusal. */
    List<Problem> hold(List<Participant> participants, long epoch) throws InterruptedException {
        return call(participants, "hold", hold, participant -> {
            participant.hold(epoch);
            return List.of();
        });
    }

    /** Settles all of them; one that has left since it was held refuses. */
    List<Problem> settle(List<Participant> participants, long epoch, Map<ConfigId, String> wanted)
            throws InterruptedException {
        Duration deadline = base.plus(PER_ID.multipliedBy(wanted.size()));
        List<Participant> there =
                participants.stream().filter(present::contains).toList();
        List<Problem> problems = new ArrayList<>();
        participants.stream().filter(one -> !there.contains(one)).forEach(one -> problems.add(gone(one)));
        problems.addAll(call(
                there, "settle", deadline.plus(grace), participant -> participant.settle(epoch, wanted, deadline)));
        return problems;
    }

    /** Who has come or gone since some were held: what lives from configuration is not what was asked, so it refuses. */
    List<Problem> moved(List<Participant> held) {
        List<Problem> problems = new ArrayList<>();
        List<Participant> now = all();
        held.stream().filter(one -> !now.contains(one)).forEach(one -> problems.add(gone(one)));
        now.stream()
                .filter(one -> !held.contains(one))
                .forEach(one -> problems.add(Problem.error(
                                CAME,
                                "the participant " + one.name() + " came during the change, which is tried again by"
                                        + " itself")
                        .build()));
        return problems;
    }

    /** Whether nothing but coming and going speaks against a change, so that it may do well the next time. */
    static boolean isPassing(List<Problem> errors) {
        return errors.stream()
                .allMatch(error -> error.code().equals(GONE) || error.code().equals(CAME));
    }

    private static Problem gone(Participant participant) {
        return Problem.error(
                        GONE,
                        "the participant " + participant.name() + " left during the change, which is tried again by"
                                + " itself")
                .build();
    }

    /** What a change means for pipelines, as far as those who take part can tell. */
    List<PipelineEffect> effects(List<Plan.Change> changes) {
        List<PipelineEffect> effects = new ArrayList<>();
        for (Participant participant : present) {
            ForeignCall<List<PipelineEffect>> call = ForeignCall.begin(threads, () -> participant.effects(changes));
            try {
                effects.addAll(call.get(base));
            } catch (TimeoutException | ExecutionException e) {
                LOG.warn("{} cannot tell what a change means", participant.name(), e);
            } catch (InterruptedException e) {
                call.giveUp();
                Thread.currentThread().interrupt();
                break;
            }
        }
        effects.sort(Comparator.comparing(PipelineEffect::pipeline));
        return effects;
    }

    /** Releases all of them. Gives who may be held still. */
    List<Problem> release(List<Participant> participants, long epoch) throws InterruptedException {
        return call(participants, "release", hold, participant -> {
            participant.release(epoch);
            return List.of();
        });
    }

    private interface Asking {
        List<Problem> ask(Participant participant) throws InterruptedException;
    }

    /** Asks all of them at the same time: together they take as long as the slowest. */
    private List<Problem> call(List<Participant> participants, String what, Duration deadline, Asking asking)
            throws InterruptedException {
        List<ForeignCall<List<Problem>>> calls = new ArrayList<>();
        // Copied there: what they give is foreign too.
        participants.forEach(one -> calls.add(ForeignCall.begin(threads, () -> List.copyOf(asking.ask(one)))));
        long end = System.nanoTime() + deadline.toNanos();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            problems.addAll(answer(participants.get(i), what, deadline, end, calls.get(i)));
        }
        return problems;
    }

    /** @param end when it has to be there, as {@link System#nanoTime} counts */
    private List<Problem> answer(
            Participant participant, String what, Duration deadline, long end, ForeignCall<List<Problem>> call)
            throws InterruptedException {
        try {
            return call.get(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } catch (TimeoutException e) {
            LOG.error("{} does not answer to {}; it is {}", participant.name(), what, e.getMessage());
            return List.of(Problem.error(
                            "participant.silent",
                            participant.name() + " did not answer to " + what + " within " + deadline.toMillis()
                                    + " ms; the log has where it hangs. Try again with 'snakepipe retry'; restart if it"
                                    + " stays so")
                    .build());
        } catch (ExecutionException e) {
            if (!present.contains(participant)) {
                LOG.debug("{} left, and failed in {}", participant.name(), what, e.getCause());
                return List.of(gone(participant));
            }
            // What it says may hold values of others, and so is only in the log.
            LOG.error("{} failed in {}", participant.name(), what, e.getCause());
            return List.of(Problem.error(
                            "participant.failed",
                            participant.name() + " failed in " + what + " ("
                                    + e.getCause().getClass().getName() + "), a mistake of its own: the log has where,"
                                    + " please report it. Try again with 'snakepipe retry'")
                    .build());
        }
    }

    /** Ends the threads. */
    public void close() {
        threads.shutdownNow();
    }
}
