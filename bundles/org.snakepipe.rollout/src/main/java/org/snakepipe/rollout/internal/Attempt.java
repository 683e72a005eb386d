// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;

/**
 * Bringing one generation into force, and back: hold, publish with the barrier inside, bundles, barrier, look, settle. Knows
 * nothing of files but that they have to be on the disk at the end. Used by one thread.
 */
final class Attempt {
    private static final String BACK = "going back failed: ";

    private final Publisher publisher;
    private final Participants participants;
    private final Delivery delivery;
    private final StoppedBundles stopped;
    private final Duration start;
    private long epoch;

    /** @param start how long the bundles of a change may take together to start */
    Attempt(Publisher publisher, Participants participants, StoppedBundles stopped, Duration start) {
        this.publisher = publisher;
        this.participants = participants;
        this.delivery = new Delivery(publisher);
        this.stopped = stopped;
        this.start = start;
    }

    /** Whether what is in force is what has been written: not after a way back that was not gone to its end. */
    boolean isCertain() {
        return delivery.isCertain();
    }

    /**
     * What came of an attempt.
     *
     * @param errors why it was taken back
     * @param worse  why taking it back did not work either; when it was not, warnings of what is not as it should be
     */
    record Result(List<Problem> errors, List<Problem> warnings, List<Problem> worse) {
        boolean isGood() {
            return errors.isEmpty();
        }
    }

    /** Gives the next attempt its number, which is that of no other one, also when nothing comes of it. */
    long begin() {
        return ++epoch;
    }

    /**
     * What is brought into force.
     *
     * @param before     what is in force
     * @param after      what is to be
     * @param difference between them
     * @param bundles    of the plugins that come and go with it
     * @param written    files that were written for it: forced when all has come up, as nobody has to wait for the disk before
     */
    record Change(
            Draft before, Draft after, Difference difference, PluginChange bundles, ConfigWriter.Written written) {}

    /** What is found while a change is brought into force. */
    private static final class Findings {
        private final List<Problem> errors = new ArrayList<>();
        private final List<Problem> warnings = new ArrayList<>();
        private final List<Problem> worse = new ArrayList<>();

        private boolean isGood() {
            return errors.isEmpty();
        }

        private Result result() {
            return new Result(errors, warnings, worse);
        }
    }

    /** Brings a change into force, or leaves everything as it was. It has {@link #begin begun}. */
    Result run(Change change, Phases phases) throws InterruptedException {
        List<Participant> held = participants.all();
        Findings found = new Findings();
        StoppedBundles.Affected affected = affected(change, found.errors);
        found.errors.addAll(participants.hold(held, epoch));
        List<Participant> present = held;
        try {
            phases.end("hold");
            boolean touched = false;
            if (found.isGood()) {
                touched = true;
                forward(change, affected, held, phases, found);
                found.errors.addAll(Problems.without(participants.moved(held), found.errors));
            }
            if (!found.isGood()) {
                // Who has left has nothing that could go back; who has come is held by itself until its first settle.
                present = participants.all();
                back(change, present, touched, found.worse);
                phases.end("roll back");
            } else {
                // What is in force stays so, although what was before cannot be taken away.
                try {
                    change.bundles().commit();
                } catch (RuntimeException | Error e) {
                    found.warnings.add(Unexpected.warning("plugins that were replaced cannot be taken away", e));
                }
            }
        } finally {
            List<Problem> stuck = participants.release(present, epoch);
            found.worse.addAll(found.isGood() ? Problems.warnings(stuck) : stuck);
        }
        return found.result();
    }

    /** Files may have been written by now: what is thrown here has them put back too. */
    private StoppedBundles.Affected affected(Change change, List<Problem> errors) {
        try {
            return stopped.affected(
                    change.difference().puts().keySet(), change.after().typed().keySet(), change.bundles());
        } catch (RuntimeException | Error e) {
            errors.add(Unexpected.error("nobody knows which plugins run", e));
            return new StoppedBundles.Affected(Set.of(), Set.of());
        }
    }

    private void forward(
            Change change, StoppedBundles.Affected affected, List<Participant> held, Phases phases, Findings found)
            throws InterruptedException {
        List<Problem> errors = found.errors;
        PluginChange bundles = change.bundles();
        try {
            bundles.stopLeaving();
            Map<ConfigId, Map<String, Object>> puts = delivery.write(change.difference(), change.after());
            phases.end("publish");
            if (!bundles.isEmpty()) {
                bundles.startArriving(start);
                publisher.barrier();
                phases.end("bundles");
            }
            lookForAbsent(puts, errors);
            if (errors.isEmpty()) {
                settle(held, change.after(), errors, found.warnings);
                phases.end("settle");
                look(puts, errors);
                stopped.since(affected).forEach(problem -> blame(problem, errors));
                explain(change.after(), errors);
            }
            phases.end("look");
            if (errors.isEmpty()) {
                change.written().force();
                phases.end("force");
            }
        } catch (PublishException e) {
            errors.add(e.problem(""));
        } catch (IOException e) {
            errors.add(Problem.error("file.unwritable", e.getMessage() + ", although it seemed so at first")
                    .build());
        } catch (PluginRejected e) {
            errors.add(e.problem());
            phases.end("bundles");
        } catch (RuntimeException | Error e) {
            // By whom ever it is thrown: something was touched, so there is a way back to go.
            errors.add(Unexpected.error("the change could not be brought to its end", e));
        }
    }

    /** Whatever comes of one step, the others are taken: what stands still in the middle is what nobody asked for. */
    private void back(Change change, List<Participant> held, boolean touched, List<Problem> worse)
            throws InterruptedException {
        Draft before = change.before();
        Map<ConfigId, Map<String, Object>> puts = new TreeMap<>();
        boolean written = touched && written(change.after(), before, puts, worse);
        stepBack("plugins are not what they were", change.bundles()::undo, worse);
        if (!touched) {
            return;
        }
        if (written) {
            stepBack("nobody knows whether configuration was delivered", publisher::barrier, worse);
            stepBack("nobody knows whether everything came up again", () -> lookAgain(puts, worse), worse);
        }
        epoch++;
        settle(held, before, worse, new ArrayList<>());
    }

    /** @param puts gets what was written */
    private boolean written(Draft after, Draft before, Map<ConfigId, Map<String, Object>> puts, List<Problem> worse)
            throws InterruptedException {
        return stepBack(
                "configuration is not what it was",
                () -> puts.putAll(delivery.write(Difference.between(after, before), before)),
                worse);
    }

    /** That something was taken back counts when it is there again. */
    private void lookAgain(Map<ConfigId, Map<String, Object>> puts, List<Problem> worse) {
        List<Problem> absent = new ArrayList<>();
        lookForAbsent(puts, absent);
        absent.forEach(problem -> worse.add(Problem.error(problem.code(), BACK + problem.message())
                .id(problem.id().orElse(null))
                .build()));
    }

    private interface Step {
        void take() throws PublishException, InterruptedException;
    }

    private static boolean stepBack(String what, Step step, List<Problem> worse) throws InterruptedException {
        try {
            step.take();
            return true;
        } catch (PublishException e) {
            worse.add(e.problem(BACK));
        } catch (RuntimeException | Error e) {
            worse.add(Unexpected.error(BACK + what, e));
        }
        return false;
    }

    /**
     * Publishes the first generation, when nobody who takes part is there yet; or when only we were started anew, and what is no
     * longer configured is published still.
     *
     * @param before gives what may have been published before
     */
    void publishFirst(Draft draft, Publisher.Known before) throws PublishException, InterruptedException {
        delivery.writeAll(publisher.left(before), draft);
        publisher.barrier();
    }

    /** Publishes a difference; {@link #settleNow} is next. */
    void publishBetween(Draft before, Draft after) throws PublishException, InterruptedException {
        delivery.write(Difference.between(before, after), after);
    }

    /** Brings those who take part to what is published already. */
    Result settleNow(Draft draft) throws InterruptedException {
        List<Participant> held = participants.all();
        List<Problem> errors = new ArrayList<>(participants.hold(held, ++epoch));
        List<Problem> warnings = new ArrayList<>();
        List<Problem> worse = new ArrayList<>();
        try {
            settle(held, draft, errors, warnings);
            Map<ConfigId, Map<String, Object>> all = new HashMap<>();
            draft.typed().keySet().forEach(id -> all.put(id, Delivery.values(id, draft)));
            look(all, errors);
        } catch (RuntimeException | Error e) {
            // By whom ever it is thrown: what is in force stays so.
            errors.add(Unexpected.error("nobody knows whether everything has come up", e));
        } finally {
            worse.addAll(Problems.warnings(participants.release(held, epoch)));
        }
        return new Result(errors, warnings, worse);
    }

    /** What somebody else has written is left for now, and is written over with the next change. */
    void doubt(ConfigId id) {
        delivery.doubt(id);
    }

    /**
     * Writes what is in force once more over what others have written. Gives what went wrong.
     *
     * @param ids  those that were written
     * @param gone PIDs of those that are to be deleted
     */
    List<Problem> writeBack(Draft draft, Set<ConfigId> ids, Set<String> gone) throws InterruptedException {
        List<Participant> held = participants.all();
        List<Problem> problems = new ArrayList<>(participants.hold(held, ++epoch));
        try {
            Map<ConfigId, Map<String, Object>> puts = delivery.again(ids, draft);
            if (!gone.isEmpty()) {
                publisher.delete(gone);
            }
            settle(held, draft, problems, problems);
            look(puts, problems);
        } catch (PublishException e) {
            problems.add(e.problem(""));
        } finally {
            problems.addAll(participants.release(held, epoch));
        }
        return problems;
    }

    private void settle(List<Participant> held, Draft draft, List<Problem> errors, List<Problem> warnings)
            throws InterruptedException {
        Map<ConfigId, String> wanted = new LinkedHashMap<>();
        draft.typed().keySet().stream()
                .filter(Delivery::isOurs)
                .forEach(id -> wanted.put(id, draft.fingerprints().get(id)));
        for (Problem problem : participants.settle(held, epoch, wanted)) {
            (problem.isError() ? errors : warnings).add(problem);
        }
    }

    /** The look before anything is constructed: it is on the way of every change, and what is offered cannot have failed yet. */
    private void lookForAbsent(Map<ConfigId, Map<String, Object>> puts, List<Problem> errors) {
        Map<ConfigId, Map<String, Object>> absent = new TreeMap<>(puts);
        absent.keySet().removeAll(publisher.offered(puts));
        if (!absent.isEmpty()) {
            look(absent, errors);
        }
    }

    private void look(Map<ConfigId, Map<String, Object>> puts, List<Problem> errors) {
        publisher
                .look(puts)
                .forEach((id, reason) ->
                        blame(Problem.error("component.failed", reason).id(id).build(), errors));
    }

    /** Who uses it may know only that it got nothing, and then its component knows why; or better than its component. */
    private static void blame(Problem problem, List<Problem> errors) {
        errors.removeIf(error ->
                error.code().equals(Participant.UNEXPLAINED) && error.id().equals(problem.id()));
        if (errors.stream().noneMatch(error -> error.id().equals(problem.id()))) {
            errors.add(problem);
        }
    }

    /** What fails although its configuration did not change, as with another version of its plugin, has a reason too. */
    private void explain(Draft draft, List<Problem> errors) {
        Map<ConfigId, Map<String, Object>> failed = new TreeMap<>();
        errors.forEach(error -> error.id().ifPresent(id -> {
            if (draft.typed().containsKey(id)) {
                failed.put(id, Delivery.values(id, draft));
            }
        }));
        look(failed, errors);
    }
}
