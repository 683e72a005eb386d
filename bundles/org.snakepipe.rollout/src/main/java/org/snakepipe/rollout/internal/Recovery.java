// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;

/** What a process left in the middle of a change. */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private Recovery() {}

    /** Puts back files that a process wrote for a change which it did not bring to its end. */
    static List<Problem> recover(Journal journal, GenerationStore store, ConfigWriter writer, Disk disk) {
        Optional<Journal.Intent> left = journal.interrupted();
        long good = store.lastGood().map(Generation::number).orElse(0L);
        if (left.isEmpty() || left.get().generation() <= good) {
            return List.of();
        }
        writer.clean(left.get().writes().keySet());
        Map<String, Optional<FileContent>> back = new TreeMap<>();
        left.get().writes().forEach((path, before) -> {
            String lies = disk.at(path).map(FileContent::digest).orElse(HeldFiles.GONE);
            // Whoever has changed it since has the last word.
            if (lies.equals(left.get().written().get(path))) {
                back.put(path, before);
            }
        });
        Map<String, String> failed = writer.putBack(back);
        List<Problem> problems = new ArrayList<>();
        failed.forEach((path, reason) -> problems.add(Problem.error(
                        "file.unwritable",
                        "a change that was under way when the process ended wrote it, and it cannot be put back ("
                                + reason + ")")
                .at(new Origin("", Disk.shown(path), 0, 0))
                .build()));
        back.keySet().removeAll(failed.keySet());
        if (!back.isEmpty()) {
            LOG.warn(
                    "The change of generation {} ({}, author '{}') was under way when the process before ended; put back: {}",
                    left.get().generation(),
                    left.get().cause(),
                    left.get().author(),
                    back.keySet());
        }
        disk.put(back);
        return problems;
    }
}
