// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.House;

/**
 * Configurations that somebody else has written: those in force, and new ones of our PIDs. Others are none of our business. What
 * comes again three times within a minute is a fight: then it is told, and left. Used by one thread.
 */
final class Drift {
    private static final Logger LOG = LoggerFactory.getLogger(Drift.class);
    private static final int MOST = 3;
    private static final long WITHIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String AUTHOR = "drift";
    private static final String HALF =
            "was to be put right, which did not come to a good end: what went wrong is said beside; it is tried again with"
                    + " the next change, or by 'snakepipe retry'";

    private final Publisher publisher;
    private final Attempt attempt;
    private final Rollout rollout;
    private final Commands commands;
    private final DriftPolicy policy;
    private final LongSupplier nanos;
    private final Map<String, Deque<Long>> reverts = new HashMap<>();

    Drift(
            Publisher publisher,
            Attempt attempt,
            Rollout rollout,
            Commands commands,
            DriftPolicy policy,
            LongSupplier nanos) {
        this.publisher = publisher;
        this.attempt = attempt;
        this.rollout = rollout;
        this.commands = commands;
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
            } else if (now.isEmpty() || !same(now.get(), Delivery.values(id, draft))) {
                drifted.put(id, now);
            }
        });
        if (!drifted.isEmpty() || !strangers.isEmpty()) {
            act(drifted, strangers);
        }
    }

    private static boolean same(Map<String, Object> one, Map<String, Object> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream()
                        .allMatch(entry -> Objects.deepEquals(entry.getValue(), other.get(entry.getKey())));
    }

    private void act(Map<ConfigId, Optional<Map<String, Object>>> drifted, Set<String> strangers)
            throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        Map<ConfigId, Optional<Map<String, Object>>> adopted = new TreeMap<>();
        Set<ConfigId> back = new TreeSet<>();
        drifted.forEach((id, now) -> {
            if (policy == DriftPolicy.REPORT) {
                problems.add(problem("drift.found", id.toString(), "and stays so: the policy is to report it"));
            } else if (isFight(id.toString())) {
                problems.add(fight(id.toString()));
                attempt.doubt(id);
            } else if (policy == DriftPolicy.ADOPT && now.isPresent()) {
                adopted.put(id, now);
            } else {
                back.add(id);
            }
        });
        Set<String> gone = new TreeSet<>();
        strangers.forEach(pid -> {
            if (policy != DriftPolicy.REVERT) {
                problems.add(problem("drift.found", pid, "and no file configures it"));
            } else if (isFight(pid)) {
                problems.add(fight(pid));
            } else {
                gone.add(pid);
            }
        });
        if (!back.isEmpty() || !gone.isEmpty()) {
            List<Problem> wrong = attempt.writeBack(rollout.current().draft(), back, gone);
            boolean written = Problems.errors(wrong).isEmpty();
            back.forEach(id -> problems.add(
                    problem("drift.reverted", id.toString(), written ? "and has been written back" : "and " + HALF)));
            gone.forEach(pid -> problems.add(problem(
                    "drift.reverted",
                    pid,
                    written
                            ? "and has been deleted, as no file configures it"
                            : "which no file configures, and " + HALF)));
            problems.addAll(wrong);
        }
        for (Map.Entry<ConfigId, Optional<Map<String, Object>>> one : adopted.entrySet()) {
            adopt(one.getKey(), one.getValue().orElseThrow());
        }
        if (!problems.isEmpty()) {
            rollout.note("somebody else wrote " + String.join(", ", names(drifted.keySet(), strangers)), problems);
        }
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

    /** Its keys become overrides. What was taken away becomes unset. */
    private void adopt(ConfigId id, Map<String, Object> now) throws InterruptedException {
        Draft draft = rollout.current().draft();
        Map<String, Object> before = Delivery.values(id, draft);
        List<Map<String, Object>> overrides = new ArrayList<>();
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            boolean ours = Delivery.isAdded(key);
            if (!ours && !Objects.deepEquals(before.get(key), now.get(key))) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("id", id.toString());
                one.put("key", key);
                one.put("value", now.getOrDefault(key, "$[unset]"));
                one.put("author", AUTHOR);
                one.put("reason", "written by somebody else than the rollout, and adopted");
                overrides.add(one);
            }
        }
        try {
            String path = Disk.prefix(ChangeSet.Root.OVERRIDES) + "drift-" + id + ".json";
            commands.change(
                    Map.of(path, Optional.of(JSON.std.asString(overrides))),
                    Map.of(),
                    ApplyOptions.by(AUTHOR),
                    Permit.GRANTED);
        } catch (IOException e) {
            LOG.warn("{} cannot be adopted", id, e);
        }
    }
}
