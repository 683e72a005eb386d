// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.House;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;

/**
 * Bringing one generation into force, and back: hold, publish with the barrier inside, bundles, barrier, look, settle. Knows
 * nothing of files. Used by one thread.
 */
final class Attempt {
    private static final String CONDITION = "osgi.ds.satisfying.condition.target";

    private final Publisher publisher;
    private final Participants participants;
    private final Duration start;
    private long epoch;

    /** @param start how long the bundles of a change may take together to start */
    Attempt(Publisher publisher, Participants participants, Duration start) {
        this.publisher = publisher;
        this.participants = participants;
        this.start = start;
    }

    /** What came of an attempt. @param errors why it was taken back @param worse why taking it back did not work either */
    record Result(List<Problem> errors, List<Problem> warnings, List<Problem> worse) {
        boolean isGood() {
            return errors.isEmpty();
        }
    }

    /** The number that the next attempt gets. */
    long nextEpoch() {
        return epoch + 1;
    }

    /**
     * Applies the change from one draft to another, or leaves everything as it was.
     *
     * @param change what is different
     */
    Result run(Draft before, Draft after, Difference change, PluginChange bundles, Phases phases)
            throws InterruptedException {
        List<Participant> held = participants.all();
        List<Problem> errors = new ArrayList<>(participants.hold(held, ++epoch));
        phases.end("hold");
        List<Problem> warnings = new ArrayList<>();
        List<Problem> worse = new ArrayList<>();
        List<Participant> present = held;
        try {
            boolean touched = false;
            if (errors.isEmpty()) {
                touched = true;
                forward(after, change, bundles, held, phases, errors, warnings);
                errors.addAll(Problems.without(participants.moved(held), errors));
            }
            if (!errors.isEmpty()) {
                // Who has left has nothing that could go back; who has come is held by itself until its first settle.
                present = participants.all();
                back(after, before, bundles, present, touched, worse);
                phases.end("roll back");
            } else {
                bundles.commit();
            }
        } finally {
            participants.release(present, epoch);
        }
        return new Result(errors, warnings, worse);
    }

    private void forward(
            Draft after,
            Difference change,
            PluginChange bundles,
            List<Participant> held,
            Phases phases,
            List<Problem> errors,
            List<Problem> warnings)
            throws InterruptedException {
        try {
            bundles.stopLeaving();
            Map<ConfigId, Map<String, Object>> puts = publish(change, after);
            phases.end("publish");
            if (!bundles.isEmpty()) {
                bundles.startArriving(start);
                publisher.barrier();
                phases.end("bundles");
            }
            lookForAbsent(puts, errors);
            if (errors.isEmpty()) {
                settle(held, after, errors, warnings);
                phases.end("settle");
                look(puts, errors);
                explain(after, errors);
            }
            phases.end("look");
        } catch (PublishException e) {
            errors.add(e.problem(""));
        } catch (PluginRejected e) {
            errors.add(e.problem());
            phases.end("bundles");
        }
    }

    private void back(
            Draft after,
            Draft before,
            PluginChange bundles,
            List<Participant> held,
            boolean touched,
            List<Problem> worse)
            throws InterruptedException {
        if (!touched) {
            bundles.undo();
            return;
        }
        try {
            publish(Difference.between(after, before), before);
            bundles.undo();
            publisher.barrier();
        } catch (PublishException e) {
            worse.add(e.problem("going back failed: "));
        }
        epoch++;
        settle(held, before, worse, new ArrayList<>());
    }

    private Map<ConfigId, Map<String, Object>> publish(Difference change, Draft to)
            throws PublishException, InterruptedException {
        Map<ConfigId, Map<String, Object>> puts = new TreeMap<>();
        change.puts().forEach((id, values) -> puts.put(id, delivered(id, to)));
        Set<ConfigId> removals = change.removals();
        if (!puts.isEmpty() || !removals.isEmpty()) {
            publisher.publish(puts, removals);
        }
        return puts;
    }

    /** Publishes the first generation, when nobody who takes part is there yet. */
    void publishFirst(Draft draft) throws PublishException, InterruptedException {
        publish(Difference.between(Draft.EMPTY, draft), draft);
        publisher.barrier();
    }

    /** Publishes a difference; {@link #settleNow} is next. */
    void publishBetween(Draft before, Draft after) throws PublishException, InterruptedException {
        publish(Difference.between(before, after), after);
    }

    /** Brings those who take part to what is published already. */
    Result settleNow(Draft draft) throws InterruptedException {
        List<Participant> held = participants.all();
        List<Problem> errors = new ArrayList<>(participants.hold(held, ++epoch));
        List<Problem> warnings = new ArrayList<>();
        try {
            settle(held, draft, errors, warnings);
            Map<ConfigId, Map<String, Object>> all = new HashMap<>();
            draft.typed().keySet().forEach(id -> all.put(id, delivered(id, draft)));
            look(all, errors);
        } finally {
            participants.release(held, epoch);
        }
        return new Result(errors, warnings, List.of());
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
            Map<ConfigId, Map<String, Object>> puts = new TreeMap<>();
            ids.forEach(id -> puts.put(id, delivered(id, draft)));
            if (!puts.isEmpty()) {
                publisher.publish(puts, Set.of());
            }
            if (!gone.isEmpty()) {
                publisher.delete(gone);
            }
            settle(held, draft, problems, problems);
            look(puts, problems);
        } catch (PublishException e) {
            problems.add(e.problem(""));
        } finally {
            participants.release(held, epoch);
        }
        return problems;
    }

    private void settle(List<Participant> held, Draft draft, List<Problem> errors, List<Problem> warnings)
            throws InterruptedException {
        Map<ConfigId, String> wanted = new TreeMap<>();
        draft.typed().keySet().stream()
                .filter(Attempt::isOurs)
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
        publisher.look(puts).forEach((id, reason) -> {
            // Who uses it may know only that it got nothing, and then its component knows why; or better than its
            // component.
            errors.removeIf(error -> error.code().equals(Participant.UNEXPLAINED)
                    && error.id().filter(id::equals).isPresent());
            if (errors.stream().noneMatch(error -> error.id().filter(id::equals).isPresent())) {
                errors.add(Problem.error("component.failed", reason).id(id).build());
            }
        });
    }

    /** What fails although its configuration did not change, as with another version of its plugin, has a reason too. */
    private void explain(Draft draft, List<Problem> errors) {
        Map<ConfigId, Map<String, Object>> failed = new TreeMap<>();
        errors.forEach(error -> error.id().ifPresent(id -> {
            if (draft.typed().containsKey(id)) {
                failed.put(id, delivered(id, draft));
            }
        }));
        look(failed, errors);
    }

    /** Third-party configurations are given as they are: an added key was seen to restart a server. */
    Map<String, Object> delivered(ConfigId id, Draft draft) {
        Map<String, Object> values = draft.typed().get(id);
        if (!isOurs(id)) {
            return values;
        }
        Map<String, Object> delivered = new TreeMap<>(values);
        delivered.put(House.FINGERPRINT, draft.fingerprints().get(id));
        delivered.put(CONDITION, "(osgi.condition.id=" + House.CONFIG_READY + ")");
        return delivered;
    }

    /** Whether a key is one that is added to what the files say. */
    static boolean isAdded(String key) {
        return key.equals(House.FINGERPRINT) || key.equals(CONDITION);
    }

    private static boolean isOurs(ConfigId id) {
        return id.pid().startsWith(House.PID_PREFIX);
    }
}
