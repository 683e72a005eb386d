// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;

/**
 * Roots that are missing, or all of whose files are gone at once. Their last content stays in force until somebody confirms, by
 * its hash, that it was meant. Used by one thread.
 */
final class Accidents {
    private static final int HASH_DIGITS = 16;
    private static final int FEWEST_DIGITS = 6;

    /** One that has not been confirmed. @param hash stands for exactly the files that are gone */
    record Accident(ChangeSet set, Runnable confirm, String hash) {
        Problem problem() {
            return Problem.warning(
                            "watch.accident",
                            "all " + set.gone().size() + " files of "
                                    + set.root().folder()
                                    + " are gone at once: their last content stays in force. Put them back, or confirm"
                                    + " with 'snakepipe apply " + hash + "' that it was meant")
                    .build();
        }
    }

    private final Map<ChangeSet.Root, Accident> now = new EnumMap<>(ChangeSet.Root.class);

    /** One began, or is over. Gives it; empty when it is over. */
    Optional<Accident> take(ChangeSet set, Runnable confirm) {
        if (set.gone().isEmpty()) {
            now.remove(set.root());
            return Optional.empty();
        }
        String hash = Digests.of("accident " + set.root() + "\n" + String.join("\n", set.gone()))
                .substring(0, HASH_DIGITS);
        Accident accident = new Accident(set, confirm, hash);
        now.put(set.root(), accident);
        return Optional.of(accident);
    }

    /** The one whose hash begins so; empty when there is none, or more than one. */
    Optional<Accident> find(String beginning) {
        List<Accident> found = now.values().stream()
                .filter(one -> one.hash.startsWith(beginning))
                .toList();
        return beginning.length() >= FEWEST_DIGITS && found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Remembers what looks like one. Running it goes back to that. */
    Runnable mark() {
        Map<ChangeSet.Root, Accident> copy = new EnumMap<>(ChangeSet.Root.class);
        copy.putAll(now);
        return () -> {
            now.clear();
            now.putAll(copy);
        };
    }

    /** It is what was meant. */
    void forget(Accident accident) {
        now.remove(accident.set.root());
    }

    List<Problem> problems() {
        return now.values().stream().map(Accident::problem).toList();
    }
}
