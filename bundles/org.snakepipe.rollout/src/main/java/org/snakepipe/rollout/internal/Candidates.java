// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;

/** Which files a candidate is made of: all that lie on the disk, those that are held replaced by what was last accepted. */
final class Candidates {
    private Candidates() {}

    static Map<String, FileContent> of(
            Map<String, FileContent> disk, Map<String, FileContent> accepted, HeldFiles held) {
        Map<String, FileContent> files = new TreeMap<>();
        Set<String> paths = new TreeSet<>(disk.keySet());
        paths.addAll(accepted.keySet());
        for (String path : paths) {
            FileContent content = held.holds(path) ? accepted.get(path) : disk.get(path);
            if (content != null) {
                files.put(path, content);
            }
        }
        return files;
    }

    /** Paths at which two sets of files differ. */
    static List<String> differences(Map<String, FileContent> one, Map<String, FileContent> other) {
        Set<String> paths = new TreeSet<>(one.keySet());
        paths.addAll(other.keySet());
        List<String> differences = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(one.get(path), other.get(path))) {
                differences.add(path);
            }
        }
        return differences;
    }

    /** Those of the fresh files that the errors name, by place or by id; all of them when the errors name none. */
    static List<String> culprits(List<Problem> errors, List<String> fresh) {
        List<String> culprits = fresh.stream()
                .filter(path -> errors.stream().anyMatch(error -> names(error, path)))
                .toList();
        return culprits.isEmpty() ? fresh : culprits;
    }

    private static boolean names(Problem error, String path) {
        if (error.origin().isPresent()) {
            return error.origin().get().source().equals(path);
        }
        return error.id().isPresent() && path.endsWith("/" + error.id().get() + ".cfg");
    }
}
