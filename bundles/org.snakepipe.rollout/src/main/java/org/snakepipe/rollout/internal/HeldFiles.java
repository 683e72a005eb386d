// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

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
 * Files whose present content is not to be used, by digest: rejected ones, which are looked at again with each change, and
 * those of a change that was rolled back, which are held until somebody changes them. Used by one thread.
 */
final class HeldFiles {
    /** Stands for the digest of a file that is gone. */
    static final String GONE = "";

    private final Map<String, String> rejected = new TreeMap<>();
    private final Map<String, String> rolledBack = new TreeMap<>();
    private final Map<String, List<Problem>> reasons = new TreeMap<>();
    private final Set<String> untilRestart = new TreeSet<>();
    private final Map<ConfigId, Part> parts = new TreeMap<>();
    private final Map<String, Set<ConfigId>> subjects = new TreeMap<>();

    /** One configuration of a file that speaks of several. @param digest of the file */
    private record Part(String path, String digest, Problem why) {}

    /** Takes over what was held before a restart. */
    void restore(Map<String, String> held) {
        rolledBack.putAll(held);
        held.keySet().forEach(path -> reasons.put(path, List.of()));
    }

    /** @param why what is wrong with it @param ids what the file speaks of */
    void reject(String path, FileContent content, List<Problem> why, Set<ConfigId> ids) {
        rejected.put(path, digest(content));
        subjects.put(path, Set.copyOf(ids));
        reasons.put(path, List.copyOf(why));
    }

    /** @param why what did not come up */
    void rollBack(String path, FileContent content, List<Problem> why) {
        rolledBack.put(path, digest(content));
        reasons.put(path, List.copyOf(why));
    }

    /** The same for a file that did not come up at boot: the next boot tries it again, as what it lacked may be there. */
    void keepOut(String path, FileContent content, List<Problem> why) {
        rollBack(path, content, why);
        untilRestart.add(path);
    }

    /** The same for one configuration of a file that speaks of several: the others go on. @param why with its id and file */
    void keepOut(Problem why, Map<String, FileContent> disk) {
        String path = why.origin().map(Origin::source).orElse("");
        why.id().ifPresent(id -> parts.put(id, new Part(path, digest(disk.get(path)), why)));
    }

    /** The configurations that are kept out alone, with the reason. */
    Map<ConfigId, String> parts() {
        Map<ConfigId, String> reasons = new TreeMap<>();
        parts.forEach((id, part) -> reasons.put(id, part.why.message()));
        return reasons;
    }

    /**
     * Configurations that must not come up without what a rejected file says of them: the layers below may mean another
     * database.
     *
     * @param accepted  the files whose content counts in the place of rejected ones
     * @param published what is in force: it goes on as it is
     */
    Map<ConfigId, String> orphans(Set<String> accepted, Set<ConfigId> published) {
        Map<ConfigId, String> orphans = new TreeMap<>();
        subjects.forEach((path, ids) -> {
            if (rejected.containsKey(path) && !accepted.contains(path)) {
                String reason = path + " is rejected, and nothing is to stand in for it";
                ids.stream().filter(id -> !published.contains(id)).forEach(id -> orphans.put(id, reason));
            }
        });
        return orphans;
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
        subjects.keySet().removeIf(path -> !rejected.containsKey(path));
        parts.values().removeIf(part -> !digest(disk.get(part.path)).equals(part.digest));
        reasons.keySet().removeIf(path -> !holds(path));
        untilRestart.retainAll(rolledBack.keySet());
    }

    /** Lets go of files that were taken back for configurations whose plugin is another one now. @param pids their PIDs */
    void releaseFor(Set<String> pids) {
        parts.keySet().removeIf(id -> pids.contains(id.pid()));
        rolledBack.keySet().removeIf(path -> {
            String file = path.substring(path.lastIndexOf('/') + 1);
            boolean own = pids.contains(file.replaceFirst("(~.*)?\\.cfg$", ""));
            return own
                    || reasons.getOrDefault(path, List.of()).stream()
                            .anyMatch(why -> why.id()
                                    .map(ConfigId::pid)
                                    .filter(pids::contains)
                                    .isPresent());
        });
        reasons.keySet().removeIf(path -> !holds(path));
        untilRestart.retainAll(rolledBack.keySet());
    }

    /** What is wrong with the files that are held, and that those of a change that was taken back wait for somebody. */
    List<Problem> problems() {
        Map<String, Problem> problems = new LinkedHashMap<>();
        reasons.forEach((path, why) -> {
            if (holds(path)) {
                why.forEach(problem -> problems.putIfAbsent(problem.toString(), problem));
            }
        });
        parts.values().forEach(part -> problems.put(part.why.toString(), part.why));
        for (Map.Entry<String, String> entry : rolledBack.entrySet()) {
            Problem held = held(entry.getKey(), entry.getValue());
            problems.put(held.toString(), held);
        }
        return List.copyOf(problems.values());
    }

    private Problem held(String path, String digest) {
        String message;
        if (untilRestart.contains(path)) {
            message =
                    "the file is held: what it says did not come up at the start; save it with another content, or restart";
        } else {
            String what = digest.equals(GONE) ? "deletion" : "change";
            message = "the file is held: its " + what + " was taken back, what was there before stays in force;"
                    + " save it with another content";
        }
        return Problem.warning("file.held", message)
                .at(new Origin("", path, 0, 0))
                .build();
    }

    boolean holds(String path) {
        return rejected.containsKey(path) || rolledBack.containsKey(path);
    }

    /** Path to digest of the files of changes that were rolled back, to be held after a restart too. */
    Map<String, String> rolledBack() {
        Map<String, String> lasting = new TreeMap<>(rolledBack);
        lasting.keySet().removeAll(untilRestart);
        return lasting;
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
