// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/**
 * What the thread of the rollout remembers of what lies there.
 *
 * @param disk   all of it
 * @param files  those whose content does not count
 * @param values those that do not count although their files do
 * @param jars   those that cannot be used
 * @param accidents roots that look like one
 */
record Desk(Disk disk, HeldFiles files, HeldValues values, Jars jars, Accidents accidents) {
    /** Nothing has been seen yet. */
    static Desk empty() {
        return new Desk(new Disk(), new HeldFiles(), new HeldValues(), new Jars(), new Accidents());
    }

    /** Remembers what lies there and what is held of it. Running it goes back to that. */
    Runnable mark() {
        Runnable lies = disk.mark();
        Runnable held = files.mark();
        Runnable left = jars.mark();
        Runnable missing = accidents.mark();
        return () -> {
            lies.run();
            held.run();
            left.run();
            missing.run();
        };
    }

    /** Something changed. What the start has found to be gone is not, until it is there again. */
    void take(ChangeSet set) {
        Optional<Accidents.Accident> found = accidents.found(set.root());
        if (found.isEmpty()) {
            disk.apply(set);
        } else if (Accidents.tells(set)) {
            accidents.returned(found.get(), set);
            disk.apply(new ChangeSet(set.root(), false, set.changed(), set.gone(), set.unreadable()));
        }
    }

    /** Lets go of files that are no longer what they were. Of those that are gone by accident nobody knows it. */
    void releaseChanged() {
        files.releaseChanged(disk.config(), accidents::isFoundGone);
    }

    /** At the start: roots that look like an accident count as what they were when all was well. */
    void keepWhatIsGone(Generation lastGood) {
        Map<String, FileContent> jars = new TreeMap<>();
        lastGood.plugins().forEach((name, digest) -> jars.put(name, new FileContent(new byte[0], digest)));
        for (ChangeSet.Root root : ChangeSet.Root.values()) {
            Map<String, FileContent> was = Disk.within(root, root == ChangeSet.Root.DEPLOY ? jars : lastGood.files());
            if (Accidents.isOne(root, was.keySet(), disk)) {
                Optional<String> missing = disk.missing(root);
                disk.apply(new ChangeSet(root, false, was, Set.of(), Map.of()));
                accidents.find(root, was.keySet(), () -> missing.ifPresent(reason -> disk.miss(root, reason)));
            }
        }
    }

    /** Files of last good have become others: so do those that stand in for what is gone. */
    void migrated(Generation lastGood) {
        Map<String, Optional<FileContent>> others = new TreeMap<>();
        lastGood.files().forEach((path, content) -> {
            if (accidents.isFoundGone(path)) {
                others.put(path, Optional.of(content));
            }
        });
        disk.put(others);
    }

    /** Everything that is held by its content: files first, then jars, by the paths that people know. */
    List<String> held() {
        List<String> held = new ArrayList<>(files.paths());
        jars.files(Set.of()).forEach(jar -> held.add(jar.path()));
        return held;
    }

    /** What is wrong with everything that is held. */
    List<Problem> problems() {
        return Problems.union(files.problems(), values.problems(), jars.problems(), accidents.problems());
    }
}
