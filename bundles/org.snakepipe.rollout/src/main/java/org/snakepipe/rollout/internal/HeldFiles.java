// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.control.FileContent;

/**
 * Files whose present content is not to be used, by digest: rejected ones, which are looked at again with each change, and
 * those of a change that was rolled back, which are held until somebody changes them. Used by one thread.
 */
final class HeldFiles {
    /** Stands for the digest of a file that is gone. */
    static final String GONE = "";

    private final Map<String, String> rejected = new TreeMap<>();
    private final Map<String, String> rolledBack = new TreeMap<>();

    /** Takes over what was held before a restart. */
    void restore(Map<String, String> held) {
        rolledBack.putAll(held);
    }

    void reject(String path, FileContent content) {
        rejected.put(path, digest(content));
    }

    void rollBack(String path, FileContent content) {
        rolledBack.put(path, digest(content));
    }

    /** Rejected files get another chance. Gives their paths. */
    Set<String> forgetRejected() {
        Set<String> paths = new TreeSet<>(rejected.keySet());
        rejected.clear();
        return paths;
    }

    /** Lets go of files that are no longer what they were. */
    void release(Map<String, FileContent> disk) {
        rejected.entrySet().removeIf(entry -> !digest(disk.get(entry.getKey())).equals(entry.getValue()));
        rolledBack
                .entrySet()
                .removeIf(entry -> !digest(disk.get(entry.getKey())).equals(entry.getValue()));
    }

    boolean holds(String path) {
        return rejected.containsKey(path) || rolledBack.containsKey(path);
    }

    /** Path to digest of the files of changes that were rolled back. */
    Map<String, String> rolledBack() {
        return Collections.unmodifiableMap(rolledBack);
    }

    /** All paths that are held. */
    List<String> paths() {
        Set<String> all = new TreeSet<>(rejected.keySet());
        all.addAll(rolledBack.keySet());
        return List.copyOf(all);
    }

    private static String digest(FileContent content) {
        return content == null ? GONE : content.digest();
    }
}
