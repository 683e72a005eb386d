// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/**
 * What others have written and is left in force, which is told for as long as that is so. Nobody has to say when it ends: it is
 * looked at whenever something is told, and mostly there is nothing to look at. Used by one thread.
 */
final class Foreign {
    private final Publisher publisher;
    private final Map<String, Problem> left = new TreeMap<>();

    Foreign(Publisher publisher) {
        this.publisher = publisher;
    }

    /** Something is left in force. @param problem tells it, in the place of what was told of it before */
    void leave(String pid, Problem problem) {
        left.put(pid, problem);
    }

    /** What is to be told of what is left still. @param draft what is to be in force */
    List<Problem> problems(Draft draft) {
        forget(draft);
        return List.copyOf(left.values());
    }

    /** Forgets what is as it should be by now. Gives whether something was. @param draft what is to be in force */
    boolean forget(Draft draft) {
        if (left.isEmpty()) {
            return false;
        }
        Map<String, Optional<Map<String, Object>>> wanted = new TreeMap<>();
        for (ConfigId id : draft.typed().keySet()) {
            if (left.containsKey(id.toString())) {
                wanted.put(id.toString(), Optional.of(Delivery.values(id, draft)));
            }
        }
        Map<String, Optional<Map<String, Object>>> now = publisher.now(left.keySet());
        return left.keySet().removeIf(pid -> isSame(now.get(pid), wanted.getOrDefault(pid, Optional.empty())));
    }

    /** Whether a configuration has exactly these values, or neither is there. */
    static boolean isSame(Optional<Map<String, Object>> one, Optional<Map<String, Object>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        Map<String, Object> values = other.get();
        return one.get().keySet().equals(values.keySet())
                && one.get().entrySet().stream()
                        .allMatch(entry -> Objects.deepEquals(entry.getValue(), values.get(entry.getKey())));
    }
}
