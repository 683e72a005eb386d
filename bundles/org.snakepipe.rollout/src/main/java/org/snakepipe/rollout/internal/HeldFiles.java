// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.UnappliedFile;

/**
 * Files whose present content, known by its digest, is not to be used: what was last accepted counts in its place. What is held
 * for its values, and not for its content, is in {@link HeldValues}. Used by one thread.
 */
final class HeldFiles {
    /** Stands for the digest of a file that is gone. */
    static final String GONE = "";

    /** When a file gets another chance, besides when its content changes or somebody asks for it. */
    private enum Until {
        /** With each change: what it lacks may have come. */
        NEXT_CHANGE,
        /** When another secret comes, as it may have been for that, and with the next start, which may have brought it. */
        SECRET,
        /** With the next start. */
        RESTART,
        /** Not by itself: a check said that it cannot work. At a start checks are not asked, so it is held over that too. */
        VETO,
        /** Not by itself: it did not come up. */
        CONTENT,
        /** Not by itself: somebody went back to a generation without it. */
        ROLLBACK
    }

    /** @param subjects what must not come up without it @param reason what to say of it @param suspect whether a secret may be why */
    private record Held(
            String digest, Until until, List<Problem> why, Set<ConfigId> subjects, String reason, boolean suspect) {
        boolean isLasting() {
            return until == Until.CONTENT || until == Until.ROLLBACK || until == Until.VETO;
        }
    }

    /**
     * What is remembered over a restart.
     *
     * @param digest of the content that is held
     * @param cause  why
     * @param reason for people
     */
    record Lasting(String digest, Cause cause, String reason) {
        /** Why something is held over a restart. */
        enum Cause {
            /** It did not come up. */
            TAKEN_BACK(Until.CONTENT),
            /** Somebody went back to a generation without it. */
            ROLLED_BACK(Until.ROLLBACK),
            /** A check said that it cannot work. */
            VETOED(Until.VETO),
            /** Of a jar: it does not go with the configuration. */
            UNSUITED(Until.NEXT_CHANGE);

            private final Until until;

            Cause(Until until) {
                this.until = until;
            }

            private static Cause of(Until until) {
                return Stream.of(values())
                        .filter(cause -> cause.until == until)
                        .findFirst()
                        .orElseThrow();
            }
        }
    }

    private final Map<String, Held> held = new TreeMap<>();

    /** Takes over what was held before a restart. */
    void restore(Map<String, Lasting> lasting) {
        lasting.forEach((path, one) ->
                held.put(path, new Held(one.digest(), one.cause().until, List.of(), Set.of(), one.reason(), false)));
    }

    /** Remembers what is held now. Running it goes back to that. */
    Runnable mark() {
        Map<String, Held> copy = new TreeMap<>(held);
        return () -> {
            held.clear();
            held.putAll(copy);
        };
    }

    /** Its content is wrong. @param subjects what the file speaks of, or may speak of */
    void reject(String path, FileContent content, List<Problem> why, Set<ConfigId> subjects) {
        put(path, content, Until.NEXT_CHANGE, why, Set.copyOf(subjects), false);
    }

    /**
     * What it says did not come up.
     *
     * @param secrets whether what did not come up has a secret: it is tried again with another
     * @param suspect whether that secret is one that did not work before, so that it may be why
     */
    void takeBack(String path, FileContent content, List<Problem> why, boolean secrets, boolean suspect) {
        put(path, content, secrets ? Until.SECRET : Until.CONTENT, why, Set.of(), suspect);
    }

    /** A check says that it cannot work. */
    void veto(String path, FileContent content, List<Problem> why) {
        put(path, content, Until.VETO, why, Set.of(), false);
    }

    /** What it says did not come up at the start, where everything was new. */
    void keepOut(String path, FileContent content, List<Problem> why) {
        put(path, content, Until.RESTART, why, Set.of(), false);
    }

    private void put(
            String path, FileContent content, Until until, List<Problem> why, Set<ConfigId> subjects, boolean suspect) {
        String reason = why.isEmpty() ? "it did not come up" : why.get(0).message();
        held.put(path, new Held(digest(content), until, List.copyOf(why), subjects, reason, suspect));
    }

    /** Somebody went back to a generation without this content. */
    void holdBack(String path, FileContent content, long generation) {
        String reason = "somebody went back to generation " + generation;
        held.put(path, new Held(digest(content), Until.ROLLBACK, List.of(), Set.of(), reason, false));
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
        Set<String> paths = rejected();
        held.keySet().removeAll(paths);
        return paths;
    }

    /** Those whose content is wrong. */
    Set<String> rejected() {
        Set<String> paths = new TreeSet<>();
        held.forEach((path, file) -> {
            if (file.until == Until.NEXT_CHANGE) {
                paths.add(path);
            }
        });
        return paths;
    }

    /** Somebody asks for another chance of a file, or of all. Those that are rejected have one with each change anyway. */
    void release(Optional<String> path) {
        held.entrySet()
                .removeIf(one -> one.getValue().until != Until.NEXT_CHANGE
                        && (path.isEmpty() || path.get().equals(one.getKey())));
    }

    /** Somebody has written a file. */
    void forget(String path) {
        held.remove(path);
    }

    /** Lets go of files that are no longer what they were. @param unknown of which nobody can tell */
    void releaseChanged(Map<String, FileContent> disk, Predicate<String> unknown) {
        held.entrySet()
                .removeIf(entry -> !unknown.test(entry.getKey())
                        && !digest(disk.get(entry.getKey())).equals(entry.getValue().digest));
    }

    /** Another secret has come. */
    void releaseForSecrets() {
        held.values().removeIf(file -> file.until == Until.SECRET);
    }

    /** Lets go of files that did not come up with a plugin that is another one now. @param pids of the plugin */
    void releaseFor(Set<String> pids) {
        held.entrySet()
                .removeIf(entry -> entry.getValue().until != Until.NEXT_CHANGE
                        && entry.getValue().until != Until.ROLLBACK
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
        List<Problem> problems = new ArrayList<>();
        held.values().forEach(file -> problems.addAll(file.why));
        held.forEach((path, file) -> {
            if (file.until != Until.NEXT_CHANGE) {
                problems.add(waiting(path, file));
            }
        });
        return Problems.union(problems);
    }

    private static Problem waiting(String path, Held file) {
        // Of one that was held before a restart nothing else says why.
        boolean unsaid = file.why.isEmpty() && file.until != Until.ROLLBACK && !file.reason.isEmpty();
        return Problem.warning("file.held", "the file is held: " + (unsaid ? file.reason + "; " : "") + howToGoOn(file))
                .at(new Origin("", path, 0, 0))
                .build();
    }

    private static String howToGoOn(Held file) {
        String what = file.digest.equals(GONE) ? "deletion" : "change";
        return switch (file.until) {
            case NEXT_CHANGE -> "mend it and save it";
            case VETO -> "a check refused it; mend what it says, then save it or retry it";
            case RESTART -> "what it says did not come up at the start; save it with another content, or restart";
            case ROLLBACK -> file.reason + "; save it with another content, or retry it";
            case SECRET, CONTENT ->
                "its " + what + " was taken back, what was there before stays in force;"
                        + " save it with another content"
                        + (file.suspect ? ", or set the secret right" : "");
        };
    }

    /** What is said of each. @param accepted the files that count */
    List<UnappliedFile> files(Set<String> accepted) {
        List<UnappliedFile> files = new ArrayList<>();
        held.forEach((path, file) -> {
            UnappliedFile.State state = switch (file.until) {
                case NEXT_CHANGE, VETO -> UnappliedFile.State.REJECTED;
                case ROLLBACK -> UnappliedFile.State.ROLLED_BACK;
                default -> UnappliedFile.State.TAKEN_BACK;
            };
            String reason = file.until == Until.ROLLBACK ? howToGoOn(file) : file.reason + "; " + howToGoOn(file);
            files.add(new UnappliedFile(path, state, reason, accepted.contains(path)));
        });
        return files;
    }

    boolean holds(String path) {
        return held.containsKey(path);
    }

    /** The files that are to be held after a restart too. */
    Map<String, Lasting> lasting() {
        Map<String, Lasting> lasting = new TreeMap<>();
        held.forEach((path, file) -> {
            if (file.isLasting()) {
                lasting.put(path, new Lasting(file.digest, Lasting.Cause.of(file.until), file.reason));
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
