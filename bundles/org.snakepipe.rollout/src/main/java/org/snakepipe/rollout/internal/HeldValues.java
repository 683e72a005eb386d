// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/**
 * Values that did not come up and that no change of a file has brought: another secret, the end of an override, a start where
 * everything was new. They are not tried again before they are others, or those of something that they need. Used by one
 * thread.
 */
final class HeldValues {
    private record Held(String print, Problem why) {}

    private final Map<ConfigId, Held> held = new TreeMap<>();

    /** Remembers what is held now. Running it goes back to that. */
    Runnable mark() {
        Map<ConfigId, Held> copy = new TreeMap<>(held);
        return () -> {
            held.clear();
            held.putAll(copy);
        };
    }

    /** Remembers what a configuration would have been. @param why with what to do */
    void hold(ConfigId id, Draft tried, Problem why) {
        held.put(id, new Held(tried.print(id), why));
    }

    /** Those whose values are still the same in a draft, with the reason. */
    Map<ConfigId, String> in(Draft draft) {
        Map<ConfigId, String> reasons = new TreeMap<>();
        held.forEach((id, one) -> {
            if (one.print.equals(draft.print(id))) {
                reasons.put(id, one.why.message());
            }
        });
        return reasons;
    }

    /** Lets go of those whose values are others in what is about to be tried. */
    void releaseChanged(Draft draft) {
        held.entrySet().removeIf(entry -> !entry.getValue().print.equals(draft.print(entry.getKey())));
    }

    /** Lets go of those whose plugin is another one now. @param pids of the plugin */
    void releaseFor(Set<String> pids) {
        held.keySet().removeIf(id -> pids.contains(id.pid()));
    }

    /** Somebody asks for another chance of all. Gives whether there was something to let go of. */
    boolean release() {
        boolean any = !held.isEmpty();
        held.clear();
        return any;
    }

    /** What is held, and why. */
    List<Problem> problems() {
        return held.values().stream().map(Held::why).toList();
    }
}
