// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
     * @param partly  whether some of what was gone is back
     */
    record Accident(ChangeSet set, Runnable confirm, String hash, boolean found, boolean partly) {
        Problem problem() {
            String files = set.gone().size() + " files of " + set.root().folder();
            return Problem.warning(
                            "watch.accident",
                            (partly ? files + " are not back yet" : "all " + files + " are gone at once")
                                    + ": their last content stays in force. Put them back, or confirm"
                                    + " with 'snakepipe apply " + hash + "' that it was meant")
                    .build();
        }
    }

    /** Those that the watch tells of, which says when one is over. */
    private final Map<ChangeSet.Root, Accident> told = new EnumMap<>(ChangeSet.Root.class);
    /** Those that the start has found. A root may have one of each. */
    private final Map<ChangeSet.Root, Accident> found = new EnumMap<>(ChangeSet.Root.class);

    /** One began, or is over. Gives it; empty when it is over. */
    Optional<Accident> take(ChangeSet set, Runnable confirm) {
        if (set.gone().isEmpty()) {
            told.remove(set.root());
            return Optional.empty();
        }
        Accident accident = new Accident(set, confirm, hash(set), false, false);
        told.put(set.root(), accident);
        return Optional.of(accident);
    }

    private static String hash(ChangeSet set) {
        return Digests.of("accident " + set.root() + "\n" + String.join("\n", new TreeSet<>(set.gone())))
                .substring(0, HASH_DIGITS);
    }

    /** Whether a root is, at the start, what an accident leaves. @param was the files that were there when all was well */
    static boolean isOne(ChangeSet.Root root, Set<String> was, Disk disk) {
        boolean missing = disk.missing(root).isPresent();
        return !was.isEmpty()
                && (missing || was.size() >= FEWEST_FILES && disk.of(root).isEmpty());
    }

    /** The start has found one. @param was the files that were there when all was well */
    void find(ChangeSet.Root root, Set<String> was, Runnable confirm) {
        ChangeSet set = new ChangeSet(root, false, Map.of(), was, Map.of());
        found.put(root, new Accident(set, confirm, hash(set), true, false));
    }

    /** The one that the start has found in a root, and that lasts. */
    Optional<Accident> found(ChangeSet.Root root) {
        return Optional.ofNullable(found.get(root));
    }

    /** Whether a set says anything of what is in its root: not when that is still missing, or empty. */
    static boolean tells(ChangeSet set) {
        boolean missing = set.unreadable().containsKey("");
        return !set.changed().isEmpty()
                || !set.gone().isEmpty()
                || !set.unreadable().isEmpty() && !missing;
    }

    /**
     * Something is there again of what the start has found to be gone. It may come in bursts, as when a volume fills slowly: what
     * is not back yet is no more known to be meant than before.
     */
    void returned(Accident accident, ChangeSet set) {
        Set<String> rest = new TreeSet<>(accident.set.gone());
        rest.removeAll(set.changed().keySet());
        rest.removeIf(path -> set.unreadable().keySet().stream().anyMatch(bad -> Disk.covers(bad, path)));
        if (rest.isEmpty()) {
            forget(accident);
        } else if (rest.size() < accident.set.gone().size()) {
            ChangeSet gone = new ChangeSet(set.root(), false, Map.of(), rest, Map.of());
            found.put(set.root(), new Accident(gone, () -> {}, hash(gone), true, true));
        }
    }

    private List<Accident> all() {
        List<Accident> all = new ArrayList<>(found.values());
        all.addAll(told.values());
        return all;
    }

    /** Whether a configuration file, or an override, is one of those that the start has found to be gone. */
    boolean isFoundGone(String path) {
        ChangeSet.Root root = root(path);
        return found(root)
                .filter(one ->
                        one.set.gone().contains(path.substring(Disk.prefix(root).length())))
                .isPresent();
    }

    private static ChangeSet.Root root(String path) {
        return Disk.isOverride(path) ? ChangeSet.Root.OVERRIDES : ChangeSet.Root.CONFIG;
    }

    /** One that a configuration file, or an override, may be gone with. */
    Optional<Accident> of(String path) {
        return all().stream().filter(one -> one.set.root() == root(path)).findFirst();
    }

    /** The one whose hash begins so; empty when there is none, or more than one. */
    Optional<Accident> find(String beginning) {
        List<Accident> fitting =
                all().stream().filter(one -> one.hash.startsWith(beginning)).toList();
        return beginning.length() >= FEWEST_DIGITS && fitting.size() == 1
                ? Optional.of(fitting.get(0))
                : Optional.empty();
    }

    /** Remembers what looks like one. Running it goes back to that. */
    Runnable mark() {
        Map<ChangeSet.Root, Accident> toldNow = new TreeMap<>(told);
        Map<ChangeSet.Root, Accident> foundNow = new TreeMap<>(found);
        return () -> {
            told.clear();
            told.putAll(toldNow);
            found.clear();
            found.putAll(foundNow);
        };
    }

    /** It is what was meant, or over. */
    void forget(Accident accident) {
        (accident.found ? found : told).remove(accident.set.root());
    }

    List<Problem> problems() {
        return all().stream().map(Accident::problem).toList();
    }
}
