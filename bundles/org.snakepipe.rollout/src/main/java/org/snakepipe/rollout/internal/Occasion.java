// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ChangeSet;

/**
 * Why everything that lies there is looked at. Immutable.
 *
 * @param cause      for people
 * @param touched    the configuration files and overrides that changed or went
 * @param unreadable what cannot be read
 * @param author     who asked for it; empty when nobody did but the files themselves
 * @param confirmed  whether it may come into force although the environment is protected
 * @param skipChecks whether to go without asking the checks of plugins
 * @param expected   the hash that its plan must have, if somebody confirms one
 * @param permit     says whether to go on
 * @param tellsAll   whether also what is known to be wrong is told once more, as somebody asks
 */
record Occasion(
        String cause,
        Set<String> touched,
        List<Problem> unreadable,
        String author,
        boolean confirmed,
        boolean skipChecks,
        Optional<String> expected,
        Permit permit,
        boolean tellsAll) {
    /** Something changed that is no file. */
    static Occasion of(String cause) {
        return of(cause, Set.of(), List.of());
    }

    private static Occasion of(String cause, Set<String> touched, List<Problem> unreadable) {
        return new Occasion(cause, touched, unreadable, "", false, false, Optional.empty(), Permit.GRANTED, false);
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
            paths.forEach(path -> cause.add(shown(folder + path)));
            if (set.root() != ChangeSet.Root.DEPLOY) {
                paths.forEach(path -> touched.add(Disk.prefix(set.root()) + path));
            }
            set.unreadable().forEach((path, reason) -> {
                cause.add(shown(folder + path));
                unreadable.add(unreadable(set.root() == ChangeSet.Root.CONFIG ? path : folder + path, reason));
            });
        }
        return of(String.join(", ", cause), touched, unreadable);
    }

    /** The same because somebody asks for it. */
    Occasion by(ApplyOptions options, Permit other) {
        return new Occasion(
                cause,
                touched,
                unreadable,
                options.author(),
                confirmed,
                options.skipChecks(),
                expected,
                other,
                tellsAll);
    }

    /** The same, as somebody confirms it. @param hash of the plan; empty when it need not be a certain one */
    Occasion confirmed(Optional<String> hash) {
        return new Occasion(cause, touched, unreadable, author, true, skipChecks, hash, permit, tellsAll);
    }

    /** The same with other files. */
    Occasion touching(Set<String> paths) {
        return new Occasion(cause, paths, unreadable, author, confirmed, skipChecks, expected, permit, tellsAll);
    }

    /** The same to try again one file, or all that is not in force. @param lying what cannot be read of it */
    Occasion trying(Optional<String> file, List<Problem> lying) {
        Set<String> paths = file.map(Set::of).orElse(Set.of());
        return new Occasion(cause, paths, lying, author, confirmed, skipChecks, expected, permit, file.isEmpty());
    }

    /** In one line, whatever characters its name has. */
    private static String shown(String path) {
        return new Origin("", path, 0, 0).toString();
    }

    static Problem unreadable(String path, String reason) {
        return Problem.error("file.unreadable", reason)
                .at(new Origin("", path, 0, 0))
                .build();
    }
}
