// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;

/**
 * Why everything that lies there is looked at.
 *
 * @param cause      for people
 * @param touched    the configuration files and overrides that changed or went
 * @param unreadable what cannot be read
 */
record Occasion(String cause, Set<String> touched, List<Problem> unreadable) {
    /** Something changed that is no file. */
    static Occasion of(String cause) {
        return new Occasion(cause, Set.of(), List.of());
    }

    /** Files changed. */
    static Occasion of(List<ChangeSet> sets) {
        Set<String> cause = new TreeSet<>();
        Set<String> touched = new TreeSet<>();
        List<Problem> unreadable = new ArrayList<>();
        for (ChangeSet set : sets) {
            Set<String> paths = new TreeSet<>(set.changed().keySet());
            paths.addAll(set.gone());
            String folder = set.root().folder();
            paths.forEach(path -> cause.add(folder + path));
            if (set.root() != ChangeSet.Root.DEPLOY) {
                paths.forEach(path -> touched.add(Disk.prefix(set.root()) + path));
            }
            set.unreadable().forEach((path, reason) -> {
                cause.add(folder + path);
                unreadable.add(unreadable(set.root() == ChangeSet.Root.CONFIG ? path : folder + path, reason));
            });
        }
        return new Occasion(String.join(", ", cause), touched, unreadable);
    }

    static Problem unreadable(String path, String reason) {
        return Problem.error("file.unreadable", reason)
                .at(new Origin("", path, 0, 0))
                .build();
    }
}
