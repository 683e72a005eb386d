// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.UnappliedFile;

/** Compares what lies on the disk with what is in force. */
final class Unapplied {
    private static final String FOLDER = ChangeSet.Root.DEPLOY.folder();

    private Unapplied() {}

    /**
     * The files that are not in force.
     *
     * @param state  of those that are good
     * @param reason why they are not in force, and how to go on
     */
    static List<UnappliedFile> files(Desk desk, Generation current, UnappliedFile.State state, String reason) {
        Set<String> accepted = current.files().keySet();
        List<UnappliedFile> files = new ArrayList<>(desk.files().files(accepted));
        for (String path : Candidates.differences(desk.disk().config(), current.files())) {
            if (!desk.files().holds(path) && !desk.disk().isUnreadable(path)) {
                files.add(new UnappliedFile(path, state, reason, accepted.contains(path)));
            }
        }
        desk.disk()
                .unreadable()
                .forEach((path, why) -> files.add(new UnappliedFile(
                        path,
                        UnappliedFile.State.UNREADABLE,
                        // Of a directory as a whole the watch says so itself.
                        path.equals(ChangeSet.Root.CONFIG.folder()) || path.equals(ChangeSet.Root.OVERRIDES.folder())
                                ? why
                                : why + "; it is read as soon as it can be",
                        accepted.stream().anyMatch(one -> Disk.covers(path, one)))));
        files.addAll(desk.jars().files(current.plugins().keySet()));
        Set<String> jars = new TreeSet<>(desk.disk().deploy().keySet());
        jars.addAll(current.plugins().keySet());
        for (String jar : jars) {
            String lies = desk.disk().deploy().containsKey(jar)
                    ? desk.disk().deploy().get(jar).digest()
                    : HeldFiles.GONE;
            if (!lies.equals(current.plugins().getOrDefault(jar, HeldFiles.GONE))
                    && !desk.jars().holds(jar)) {
                files.add(new UnappliedFile(
                        FOLDER + jar, state, reason, current.plugins().containsKey(jar)));
            }
        }
        files.sort(Comparator.comparing(UnappliedFile::path));
        return files;
    }
}
