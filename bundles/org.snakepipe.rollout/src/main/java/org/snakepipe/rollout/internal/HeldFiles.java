// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;

/**
 * Files whose present content, known by its digest, is not to be used: what was last accepted counts in its place. What is held
 * for its values, and not for its content, is in {@link HeldValues}. Used by one thread.
 */
final class HeldFiles {
    /** Stands for the digest of a file that is gone. */
    static final String GONE = "";

    /** When a file gets another chance, besides when its content changes. */
    private enum Until {
        /** With each change: what it lacks may have come. */
        NEXT_CHANGE,
        /** When another secret comes, as it may have been for that, and with the next start, which may have brought it. */
        SECRET,
        /** With the next start. */
        RESTART,
        /** Not by itself. */
        CONTENT
    }

    /** @param subjects what must not come up without it */
    private record Held(String digest, Until until, List<Problem> why, Set<ConfigId> subjects) {}

    private final Map<String, Held> held = new TreeMap<>();

    /** Takes over what was held before a restart. */
    void restore(Map<String, String> digests) {
        digests.forEach((path, digest) -> held.put(path, new Held(digest, Until.CONTENT, List.of(), Set.of())));
    }

    /** Its content is wrong. @param subjects what the file speaks of, or may speak of */
    void reject(String path, FileContent content, List<Problem> why, Set<ConfigId> subjects) {
        held.put(path, new Held(digest(content), Until.NEXT_CHANGE, List.copyOf(why), Set.copyOf(subjects)));
    }

    /** What it says did not come up. @param secrets whether it may have been for a secret */
    void takeBack(String path, FileContent content, List<Problem> why, boolean secrets) {
        Until until = secrets ? Until.SECRET : Until.CONTENT;
        held.put(path, new Held(digest(content), until, List.copyOf(why), Set.of()));
    }

    /** What it says did not come up at the start, where everything was new. */
    void keepOut(String path, FileContent content, List<Problem> why) {
        held.put(path, new Held(digest(content), Until.RESTART, List.copyOf(why), Set.of()));
    }

    /**
     * Configurations that must not come up without what a rejected file says of them: the layers below may mean another
     * database.
     *
     * @param accepted the files whose content counts in the place of rejected ones
     */
    Map<ConfigId, String> orphans(Set<String> accepted) {
        Map<ConfigId, String> orphans = new TreeMap<>();
        held.forEach((path, file) -> {
            if (!accepted.contains(path)) {
                String reason = path + " is rejected, and nothing is to stand in for it";
                file.subjects.forEach(id -> orphans.putIfAbsent(id, reason));
            }
        });
        return orphans;
    }

    /** Rejected files get another chance. Gives their paths. */
    Set<String> releaseRejected() {
        Set<String> paths = new TreeSet<>();
        held.forEach((path, file) -> {
            if (file.until == Until.NEXT_CHANGE) {
                paths.add(path);
            }
        });
        held.keySet().removeAll(paths);
        return paths;
    }

    /** Lets go of files that are no longer what they were. */
    void releaseChanged(Map<String, FileContent> disk) {
        held.entrySet().removeIf(entry -> !digest(disk.get(entry.getKey())).equals(entry.getValue().digest));
    }

    /** Another secret has come. */
    void releaseForSecrets() {
        held.values().removeIf(file -> file.until == Until.SECRET);
    }

    /** Lets go of files that did not come up with a plugin that is another one now. @param pids of the plugin */
    void releaseFor(Set<String> pids) {
        held.entrySet()
                .removeIf(entry -> entry.getValue().until != Until.NEXT_CHANGE
                        && (isNamed(entry.getKey(), pids) || isAbout(entry.getValue().why, pids)));
    }

    private static boolean isNamed(String path, Set<String> pids) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return pids.contains(file.replaceFirst("(~.*)?\\.cfg$", ""));
    }

    private static boolean isAbout(List<Problem> why, Set<String> pids) {
        return why.stream()
                .anyMatch(problem ->
                        problem.id().map(ConfigId::pid).filter(pids::contains).isPresent());
    }

    /** What is wrong with the files that are held, and that those that did not come up wait for somebody. */
    List<Problem> problems() {
        Map<String, Problem> problems = new LinkedHashMap<>();
        held.values().forEach(file -> file.why.forEach(problem -> problems.putIfAbsent(problem.toString(), problem)));
        held.forEach((path, file) -> {
            if (file.until != Until.NEXT_CHANGE) {
                Problem waiting = waiting(path, file);
                problems.put(waiting.toString(), waiting);
            }
        });
        return List.copyOf(problems.values());
    }

    private static Problem waiting(String path, Held file) {
        String message;
        if (file.until == Until.RESTART) {
            message =
                    "the file is held: what it says did not come up at the start; save it with another content, or restart";
        } else {
            String what = file.digest.equals(GONE) ? "deletion" : "change";
            String secret = file.until == Until.SECRET ? ", or set the secret right" : "";
            message = "the file is held: its " + what + " was taken back, what was there before stays in force;"
                    + " save it with another content" + secret;
        }
        return Problem.warning("file.held", message)
                .at(new Origin("", path, 0, 0))
                .build();
    }

    boolean holds(String path) {
        return held.containsKey(path);
    }

    /** Path to digest of the files of changes that were taken back, to be held after a restart too. */
    Map<String, String> lasting() {
        Map<String, String> lasting = new TreeMap<>();
        held.forEach((path, file) -> {
            if (file.until == Until.CONTENT) {
                lasting.put(path, file.digest);
            }
        });
        return lasting;
    }

    /** All paths that are held, sorted. */
    List<String> paths() {
        return new ArrayList<>(held.keySet());
    }

    private static String digest(FileContent content) {
        return content == null ? GONE : content.digest();
    }
}
