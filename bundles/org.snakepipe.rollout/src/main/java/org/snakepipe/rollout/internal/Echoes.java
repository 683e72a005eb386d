// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/**
 * Files that commands wrote, whether that came to stay or was put back. Who watches them may tell late of what they were before
 * or meanwhile, which nobody has saved and which is not there any more. Used by one thread.
 */
final class Echoes {
    /** For a file that was deleted. */
    private static final String NONE = "";

    private final ConfigWriter writer;
    private final Set<String> written = new TreeSet<>();

    Echoes(ConfigWriter writer) {
        this.writer = writer;
    }

    /** Files were written, deleted, or put back. @param paths of them */
    void expect(Set<String> paths) {
        written.addAll(paths);
    }

    private ChangeSet without(ChangeSet set) {
        if (written.isEmpty()) {
            return set;
        }
        String prefix = set.root() == ChangeSet.Root.DEPLOY ? Disk.jarPath("") : Disk.prefix(set.root());
        Map<String, FileContent> changed = new TreeMap<>(set.changed());
        Set<String> gone = new TreeSet<>(set.gone());
        changed.entrySet()
                .removeIf(file -> isEcho(prefix + file.getKey(), file.getValue().digest()));
        gone.removeIf(path -> isEcho(prefix + path, NONE));
        return new ChangeSet(set.root(), set.initial(), changed, gone, set.unreadable());
    }

    /** Sets without what is no longer so; those of which nothing is left are left out. */
    List<ChangeSet> without(List<ChangeSet> sets) {
        return sets.stream()
                .map(set -> {
                    ChangeSet left = without(set);
                    return left.equals(set) || !isEmpty(left) ? left : null;
                })
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean isEmpty(ChangeSet set) {
        return !set.initial()
                && set.changed().isEmpty()
                && set.gone().isEmpty()
                && set.unreadable().isEmpty();
    }

    private boolean isEcho(String path, String digest) {
        // Nothing is lost: who watches tells of what is there now too. It stays expected, as words come in any number.
        return written.contains(path) && !Objects.equals(now(path, digest), digest);
    }

    /** One that cannot be read is what was told of it. */
    private String now(String path, String told) {
        try {
            return writer.read(path).map(FileContent::digest).orElse(NONE);
        } catch (IOException e) {
            return told;
        }
    }
}
