// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.House;

/**
 * Writes drafts. When something cannot be written nobody knows what is: that is written with whatever comes next, so that one
 * failure does not stay for ever in what no later change touches. Used by one thread.
 */
final class Delivery {
    private static final String CONDITION = "osgi.ds.satisfying.condition.target";

    private final Publisher publisher;
    private final Set<ConfigId> uncertain = new TreeSet<>();

    Delivery(Publisher publisher) {
        this.publisher = publisher;
    }

    /** Whether what is in force is what has been written. */
    boolean isCertain() {
        return uncertain.isEmpty();
    }

    /** Somebody else has written something, which is left for now: it is written with whatever comes next. */
    void doubt(ConfigId id) {
        uncertain.add(id);
    }

    /** Writes everything that is to be in force. @param left what was published before, and goes with it when it is not in it */
    void writeAll(Set<ConfigId> left, Draft to) throws PublishException, InterruptedException {
        Difference all = Difference.between(Draft.EMPTY, to);
        uncertain.addAll(left);
        write(all, to);
    }

    /** Writes a change, and what may not be as it should. Gives what is put for the change. @param to what is to be in force */
    Map<ConfigId, Map<String, Object>> write(Difference change, Draft to)
            throws PublishException, InterruptedException {
        Map<ConfigId, Map<String, Object>> puts = new TreeMap<>();
        change.puts().keySet().forEach(id -> puts.put(id, values(id, to)));
        write(puts, change.removals(), to);
        return puts;
    }

    /** Writes some once more. @param draft what is in force */
    Map<ConfigId, Map<String, Object>> again(Set<ConfigId> ids, Draft draft)
            throws PublishException, InterruptedException {
        Map<ConfigId, Map<String, Object>> puts = new TreeMap<>();
        ids.forEach(id -> puts.put(id, values(id, draft)));
        write(puts, Set.of(), draft);
        return puts;
    }

    private void write(Map<ConfigId, Map<String, Object>> puts, Set<ConfigId> removals, Draft to)
            throws PublishException, InterruptedException {
        uncertain.addAll(puts.keySet());
        uncertain.addAll(removals);
        if (uncertain.isEmpty()) {
            return;
        }
        Map<ConfigId, Map<String, Object>> present = new TreeMap<>();
        Set<ConfigId> absent = new TreeSet<>();
        for (ConfigId id : uncertain) {
            if (to.typed().containsKey(id)) {
                present.put(id, values(id, to));
            } else {
                absent.add(id);
            }
        }
        publisher.publish(present, absent);
        uncertain.clear();
    }

    /** Third-party configurations are given as they are: an added key was seen to restart a server. */
    static Map<String, Object> values(ConfigId id, Draft draft) {
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

    static boolean isOurs(ConfigId id) {
        return id.pid().startsWith(House.PID_PREFIX);
    }
}
