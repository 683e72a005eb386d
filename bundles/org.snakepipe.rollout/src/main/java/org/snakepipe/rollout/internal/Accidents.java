// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;

/**
 * Roots that are missing, or all of whose files are gone at once. Their last content stays in force until somebody confirms, by
 * its hash, that it was meant. Used by one thread.
 */
final class Accidents {
    private static final int HASH_DIGITS = 16;
    private static final int FEWEST_DIGITS = 6;
    /** That all of so many files are gone is no change; the watch, which sees the same while it runs, says so too. */
    private static final int FEWEST_FILES = 5;

    /**
     * One that has not been confirmed.
     *
     * @param set     what it would be
     * @param confirm tells that it was meant
     * @param hash    stands for exactly the files that are gone
     * @param found   whether the start found it so: then the watch knows nothing of it, and does not tell when it is over
     */
    record Accident(ChangeSet set, Runnable confirm, String hash, boolean found) {
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
        return Optional.of(begin(set, confirm, false));
    }

    private Accident begin(ChangeSet set, Runnable confirm, boolean found) {
        String hash = Digests.of("accident " + set.root() + "\n" + String.join("\n", set.gone()))
                .substring(0, HASH_DIGITS);
        Accident accident = new Accident(set, confirm, hash, found);
        now.put(set.root(), accident);
        return accident;
    }

    /** Whether a root is, at the start, what an accident leaves. @param was the files that were there when all was well */
    static boolean isOne(ChangeSet.Root root, Set<String> was, Disk disk) {
        boolean missing = disk.missing(root).isPresent();
        return !was.isEmpty()
                && (missing || was.size() >= FEWEST_FILES && disk.of(root).isEmpty());
    }

    /** The start has found one. @param was the files that were there when all was well */
    void find(ChangeSet.Root root, Set<String> was, Runnable confirm) {
        begin(new ChangeSet(root, false, Map.of(), was, Map.of()), confirm, true);
    }

    /** The one that the start has found in a root, and that lasts. */
    Optional<Accident> found(ChangeSet.Root root) {
        return Optional.ofNullable(now.get(root)).filter(Accident::found);
    }

    /** Whether one that the start has found is over with a set of its root: something of it is there again. */
    static boolean isOver(Accident accident, ChangeSet set) {
        boolean missing = set.unreadable().containsKey("");
        boolean few = accident.set.gone().size() < FEWEST_FILES;
        return !set.changed().isEmpty() || set.initial() && !missing && few;
    }

    /** The one that a configuration file, or an override, is gone with. */
    Optional<Accident> of(String path) {
        ChangeSet.Root root = Disk.isOverride(path) ? ChangeSet.Root.OVERRIDES : ChangeSet.Root.CONFIG;
        return Optional.ofNullable(now.get(root));
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
