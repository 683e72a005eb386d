// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.House;

/**
 * Configurations that somebody else has written: those in force, and new ones of our PIDs. Others are none of our business. What
 * comes again three times within a minute is a fight: then it is told, and left. Used by one thread.
 */
final class Drift {
    private static final int MOST = 3;
    private static final long WITHIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String HALF =
            "was to be put right, which did not come to a good end: what went wrong is said beside; it is tried again with"
                    + " the next change, or by 'snakepipe retry'";

    private final Publisher publisher;
    private final Attempt attempt;
    private final Rollout rollout;
    private final Adoption adoption;
    private final Foreign foreign;
    private final DriftPolicy policy;
    private final LongSupplier nanos;
    private final Map<String, Deque<Long>> reverts = new HashMap<>();

    Drift(
            Publisher publisher,
            Attempt attempt,
            Rollout rollout,
            Adoption adoption,
            Foreign foreign,
            DriftPolicy policy,
            LongSupplier nanos) {
        this.publisher = publisher;
        this.attempt = attempt;
        this.rollout = rollout;
        this.adoption = adoption;
        this.foreign = foreign;
        this.policy = policy;
        this.nanos = nanos;
    }

    /** Looks at what others have written since the last time. */
    void look() throws InterruptedException {
        Draft draft = rollout.current().draft();
        Map<String, ConfigId> ids = new HashMap<>();
        draft.typed().keySet().forEach(id -> ids.put(id.toString(), id));
        Map<ConfigId, Optional<Map<String, Object>>> drifted = new TreeMap<>();
        Set<String> strangers = new TreeSet<>();
        publisher.foreign().forEach((pid, now) -> {
            ConfigId id = ids.get(pid);
            if (id == null) {
                if (pid.startsWith(House.PID_PREFIX) && now.isPresent()) {
                    strangers.add(pid);
                }
            } else if (!Foreign.isSame(now, Optional.of(Delivery.values(id, draft)))) {
                drifted.put(id, now);
            }
        });
        if (!drifted.isEmpty() || !strangers.isEmpty()) {
            act(drifted, strangers);
        } else if (foreign.forget(draft)) {
            rollout.note("what somebody else wrote is as it should be again", List.of());
        }
    }

    /** What is done with what others have written. */
    private static final class Deeds {
        private final List<Problem> problems = new ArrayList<>();
        /** Those that are written back, with why they are not adopted; blank where that is not the question. */
        private final Map<ConfigId, String> back = new TreeMap<>();

        private final Set<String> gone = new TreeSet<>();
    }

    private void act(Map<ConfigId, Optional<Map<String, Object>>> drifted, Set<String> strangers)
            throws InterruptedException {
        Deeds deeds = new Deeds();
        for (Map.Entry<ConfigId, Optional<Map<String, Object>>> one : drifted.entrySet()) {
            drifted(one.getKey(), one.getValue(), deeds);
        }
        strangers.forEach(pid -> stranger(pid, deeds));
        if (!deeds.back.isEmpty() || !deeds.gone.isEmpty()) {
            writeBack(deeds);
        }
        if (!deeds.problems.isEmpty()) {
            rollout.note(
                    "somebody else wrote " + String.join(", ", names(drifted.keySet(), strangers)), deeds.problems);
        }
    }

    private void drifted(ConfigId id, Optional<Map<String, Object>> now, Deeds deeds) throws InterruptedException {
        String pid = id.toString();
        if (policy == DriftPolicy.REPORT) {
            String what = "and it is left in force, " + asPolicySays()
                    + ": put the values into a file, or restart to have those of the files";
            leave(pid, problem("drift.found", pid, what), deeds);
        } else if (isFight(pid)) {
            attempt.doubt(id);
            leave(pid, fight(pid), deeds);
        } else if (policy == DriftPolicy.ADOPT && now.isPresent()) {
            adoption.adopt(id, now.get()).ifPresent(why -> deeds.back.put(id, why));
        } else {
            deeds.back.put(id, "");
        }
    }

    private void stranger(String pid, Deeds deeds) {
        if (policy != DriftPolicy.REVERT) {
            String what = "which no file configures, and it is left in force, " + asPolicySays()
                    + ": configure it in a file, or delete it where it was written";
            leave(pid, problem("drift.found", pid, what), deeds);
        } else if (isFight(pid)) {
            id(pid).ifPresent(attempt::doubt);
            leave(pid, fight(pid), deeds);
        } else {
            deeds.gone.add(pid);
        }
    }

    private String asPolicySays() {
        return "as " + House.DRIFT + " is " + policy.name().toLowerCase(Locale.ROOT);
    }

    /** Told now, and for as long as what others wrote is in force. */
    private void leave(String pid, Problem problem, Deeds deeds) {
        foreign.leave(pid, problem);
        deeds.problems.add(problem);
    }

    /** Others may give a configuration a PID that is no id. */
    private static Optional<ConfigId> id(String pid) {
        try {
            return Optional.of(ConfigId.parse(pid));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void writeBack(Deeds deeds) throws InterruptedException {
        List<Problem> wrong = attempt.writeBack(rollout.current().draft(), deeds.back.keySet(), deeds.gone);
        boolean written = Problems.errors(wrong).isEmpty();
        deeds.back.forEach((id, why) -> told(id.toString(), back(id.toString(), why, written), written, deeds));
        deeds.gone.forEach(pid -> told(pid, gone(pid, written), written, deeds));
        deeds.problems.addAll(wrong);
    }

    private void told(String pid, Problem problem, boolean written, Deeds deeds) {
        if (written) {
            deeds.problems.add(problem);
        } else {
            leave(pid, problem, deeds);
        }
    }

    private static Problem gone(String pid, boolean written) {
        return problem(
                "drift.reverted",
                pid,
                written ? "and has been deleted, as no file configures it" : "which no file configures, and " + HALF);
    }

    private static Problem back(String pid, String why, boolean written) {
        if (why.isEmpty()) {
            return problem("drift.reverted", pid, "and " + (written ? "has been written back" : HALF));
        }
        return problem(
                "drift.refused",
                pid,
                why + ". "
                        + (written
                                ? "What was in force has been written back: put into a file, or write anew, what is allowed"
                                : "It " + HALF));
    }

    private static Set<String> names(Set<ConfigId> ids, Set<String> pids) {
        Set<String> names = new TreeSet<>(pids);
        ids.forEach(id -> names.add(id.toString()));
        return names;
    }

    private boolean isFight(String pid) {
        Deque<Long> times = reverts.computeIfAbsent(pid, unused -> new ArrayDeque<>());
        long now = nanos.getAsLong();
        while (!times.isEmpty() && now - times.peekFirst() > WITHIN_NANOS) {
            times.removeFirst();
        }
        if (times.size() >= MOST) {
            return true;
        }
        times.addLast(now);
        return false;
    }

    private static Problem fight(String pid) {
        return problem(
                "drift.fight",
                pid,
                "again and again, so it is left as it is until the next change: stop who writes it, then"
                        + " 'snakepipe retry'");
    }

    private static Problem problem(String code, String pid, String what) {
        return Problem.warning(code, "somebody else than the rollout has written " + pid + " " + what)
                .build();
    }
}
