// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.UnappliedFile;
import org.snakepipe.rollout.internal.HeldFiles.Lasting.Cause;

/** The jars of the deploy directory on their way to a candidate: what can be staged, and why the rest cannot. */
final class Jars {
    private static final String FOLDER = "deploy/";
    private static final String DISK = "plugin.disk";
    private static final String RESOLVE = "plugin.resolve";

    private final Map<String, String> rejected = new HashMap<>();
    private final Map<String, Problem> reasons = new TreeMap<>();
    /** Why, of those that are rejected after a restart too. */
    private final Map<String, Cause> causes = new TreeMap<>();
    /** Name to digest of all that lay there when what is rejected was tried. */
    private Map<String, String> tried = Map.of();

    /**
     * Stages everything that is new. Gives name to digest of all jars that may be used; where a file has become bad, what it
     * was goes on.
     *
     * @param accepted name to digest of the jars that are in use
     */
    Map<String, String> stage(Disk disk, Map<String, String> accepted, Installer installer) {
        installer.retain(disk.deploy().keySet());
        forget(DISK);
        Map<String, String> lies = new TreeMap<>();
        disk.deploy().forEach((name, content) -> lies.put(name, content.digest()));
        if (!lies.equals(tried)) {
            // What was missing may have come.
            forget(RESOLVE);
            tried = lies;
        }
        rejected.entrySet().removeIf(entry -> {
            FileContent now = disk.deploy().get(entry.getKey());
            boolean changed = !digest(now).equals(entry.getValue());
            if (changed) {
                reasons.remove(entry.getKey());
                causes.remove(entry.getKey());
            }
            return changed;
        });
        Map<String, String> staged = new TreeMap<>();
        // A jar that somebody went back to, or that cannot go now, goes on although its file is gone.
        rejected.keySet().stream()
                .filter(name -> !disk.deploy().containsKey(name))
                .forEach(name -> goOn(name, staged, accepted));
        for (Map.Entry<String, FileContent> entry : Map.copyOf(disk.deploy()).entrySet()) {
            String name = entry.getKey();
            if (rejected.containsKey(name)) {
                goOn(name, staged, accepted);
                continue;
            }
            if (!name.endsWith(".jar")) {
                reject(name, entry.getValue().digest(), notAJar(name), installer);
                continue;
            }
            try {
                installer.stage(name, entry.getValue());
                staged.put(name, entry.getValue().digest());
                disk.forgetBytes(name);
            } catch (PluginRejected e) {
                reject(name, entry.getValue().digest(), dropped(e.problem()), installer);
                goOn(name, staged, accepted);
            }
        }
        return staged;
    }

    /** Unlike one that somebody registers, it lies there until there is room. */
    private static Problem dropped(Problem problem) {
        return problem.code().equals(DISK)
                ? Problem.error(DISK, problem.message() + "; it is tried again by itself")
                        .at(problem.origin().orElse(null))
                        .build()
                : problem;
    }

    /** A bad file in the place of a good one does not end what runs. */
    private void goOn(String name, Map<String, String> staged, Map<String, String> accepted) {
        String before = accepted.get(name);
        if (before != null && !before.equals(rejected.get(name))) {
            staged.put(name, before);
        }
    }

    private static String digest(FileContent content) {
        return content == null ? HeldFiles.GONE : content.digest();
    }

    /** Takes over what was held before a restart. */
    void restore(Map<String, HeldFiles.Lasting> lasting) {
        lasting.forEach((name, one) -> {
            if (one.cause() == Cause.ROLLED_BACK) {
                holdBack(name, one.digest(), one.reason());
            } else {
                rejected.put(name, one.digest());
                causes.put(name, one.cause());
                reasons.put(name, takenBack(name, one.reason()));
            }
        });
    }

    /** Those that are to be held after a restart too. */
    Map<String, HeldFiles.Lasting> lasting() {
        Map<String, HeldFiles.Lasting> lasting = new TreeMap<>();
        causes.forEach((name, cause) -> lasting.put(
                name,
                new HeldFiles.Lasting(
                        rejected.get(name), cause, reasons.get(name).message())));
        return lasting;
    }

    /** Somebody went back to a generation without what a jar is now. @param digest empty when its file is gone */
    void holdBack(String name, String digest, String reason) {
        rejected.put(name, digest);
        causes.put(name, Cause.ROLLED_BACK);
        reasons.put(
                name,
                Problem.warning("file.held", reason)
                        .at(new Origin("plugin", FOLDER + name, 0, 0))
                        .build());
    }

    /** The same for all that differ from what somebody went back to. @param wanted name to digest */
    void holdBack(Map<String, FileContent> deploy, Map<String, String> wanted, long generation) {
        Set<String> names = new TreeSet<>(deploy.keySet());
        names.addAll(wanted.keySet());
        for (String name : names) {
            String lies = digest(deploy.get(name));
            if (!lies.equals(wanted.getOrDefault(name, HeldFiles.GONE)) && !holds(name)) {
                holdBack(
                        name,
                        lies,
                        "somebody went back to generation " + generation + "; put another jar there, or retry it");
            }
        }
    }

    /** Remembers what is rejected now. Running it goes back to that. */
    Runnable mark() {
        Map<String, String> digests = new HashMap<>(rejected);
        Map<String, Problem> why = new TreeMap<>(reasons);
        Map<String, Cause> lasting = new TreeMap<>(causes);
        return () -> {
            rejected.clear();
            rejected.putAll(digests);
            reasons.clear();
            reasons.putAll(why);
            causes.clear();
            causes.putAll(lasting);
        };
    }

    boolean holds(String name) {
        return rejected.containsKey(name);
    }

    /** Somebody asks for another chance of a jar, or of all. Gives whether there was something to let go of. */
    boolean release(Optional<String> path) {
        Set<String> names = new TreeSet<>(rejected.keySet());
        names.removeIf(name -> path.isPresent() && !path.get().equals(FOLDER + name));
        release(names);
        return !names.isEmpty();
    }

    private void release(Set<String> names) {
        rejected.keySet().removeAll(names);
        reasons.keySet().removeAll(names);
        causes.keySet().removeAll(names);
    }

    /** Whether some only did not go with the configuration. */
    boolean hasUnsuited() {
        return causes.containsValue(Cause.UNSUITED);
    }

    /** Those that did not go with the configuration get another chance: it may be another by now. */
    void releaseUnsuited() {
        Set<String> unsuited = new TreeSet<>(causes.keySet());
        unsuited.removeIf(name -> causes.get(name) != Cause.UNSUITED);
        release(unsuited);
    }

    /**
     * Leaves out jars that do not go with the configuration, until it or they are others.
     *
     * @param names   of the jars
     * @param plugins name to digest of all that were to be there
     */
    void leaveOut(Set<String> names, Map<String, String> plugins, List<Problem> why, Installer installer) {
        for (String name : names) {
            Problem problem = takenBack(
                    name, "does not go with the configuration, and is tried again with each change: " + joined(why));
            reject(name, plugins.get(name), problem, installer);
            causes.put(name, Cause.UNSUITED);
        }
    }

    private static String joined(List<Problem> why) {
        return why.stream().map(Problem::toString).distinct().collect(Collectors.joining("; "));
    }

    /** What is said of each that is held. @param accepted the names of those that are in use */
    List<UnappliedFile> files(Set<String> accepted) {
        List<UnappliedFile> files = new ArrayList<>();
        reasons.forEach((name, problem) -> files.add(new UnappliedFile(
                FOLDER + name,
                causes.get(name) == Cause.ROLLED_BACK ? UnappliedFile.State.ROLLED_BACK : UnappliedFile.State.REJECTED,
                problem.message(),
                accepted.contains(name))));
        return files;
    }

    /** Leaves out what a jar has become; what it was goes on. */
    void retreat(
            String name,
            Problem problem,
            Map<String, String> plugins,
            Map<String, String> accepted,
            Installer installer) {
        String digest = plugins.remove(name);
        reject(name, digest == null ? HeldFiles.GONE : digest, problem, installer);
        goOn(name, plugins, accepted);
    }

    private static Problem notAJar(String name) {
        String where = name.endsWith(".cfg")
                ? "configuration belongs into config/base/ or config/environments/NAME/: move it there"
                : "only plugins and libraries belong here, as OSGi bundles named *.jar";
        return Problem.error("deploy.file", "is no jar: " + where)
                .at(new Origin("plugin", FOLDER + name, 0, 0))
                .build();
    }

    /** Whether a jar is left out only because there was no room for its copy. */
    boolean isWaitingForRoom() {
        return reasons.entrySet().stream()
                .anyMatch(entry -> entry.getValue().code().equals(DISK) && !causes.containsKey(entry.getKey()));
    }

    /** Jars that are left out for this reason get another chance; not those that were tried, and taken back for it. */
    private void forget(String code) {
        reasons.entrySet().removeIf(entry -> {
            boolean again = entry.getValue().code().equals(code) && !causes.containsKey(entry.getKey());
            if (again) {
                rejected.remove(entry.getKey());
            }
            return again;
        });
    }

    /**
     * Leaves out the jars of a change that was taken back.
     *
     * @param plugins  name to digest of those that were to be there
     * @param accepted name to digest of those that are
     */
    void takeBackNew(
            Map<String, String> plugins, Map<String, String> accepted, List<Problem> why, Installer installer) {
        plugins.forEach((file, digest) -> {
            if (!digest.equals(accepted.get(file))) {
                takeBack(file, digest, why, installer);
            }
        });
    }

    private void takeBack(String name, String digest, List<Problem> why, Installer installer) {
        Problem problem = takenBack(name, "was taken back: " + joined(why));
        boolean own =
                why.size() == 1 && !culprit(why.get(0), Map.of(name, digest)).isEmpty();
        reject(name, digest, own ? why.get(0) : problem, installer);
        causes.put(name, Cause.TAKEN_BACK);
    }

    private static Problem takenBack(String name, String reason) {
        return Problem.error("plugin.taken.back", reason)
                .at(new Origin("plugin", FOLDER + name, 0, 0))
                .build();
    }

    /** Leaves a jar out until its file changes. */
    void reject(String name, String digest, Problem problem, Installer installer) {
        rejected.put(name, digest);
        reasons.put(name, problem);
        installer.rejected(name, digest, problem.message());
    }

    /** Says again what a file is, and why it is not in use if it is not, after somebody wanted it to be another. */
    void tell(String name, FileContent lies, Installer installer) {
        try {
            installer.stage(name, lies);
        } catch (PluginRejected e) {
            installer.rejected(name, lies.digest(), e.problem().message());
        }
        if (reasons.containsKey(name)) {
            installer.rejected(name, rejected.get(name), reasons.get(name).message());
        }
    }

    /**
     * Resolves what is wanted; jars that cannot be resolved are left out of it, and the rest goes on. Those that would be
     * another version of what is in use go back first: others may resolve with that.
     */
    PluginChange prepare(Map<String, String> plugins, Map<String, String> accepted, Installer installer) {
        Set<String> seen = new HashSet<>();
        while (true) {
            try {
                return installer.prepare(byDigest(plugins));
            } catch (PluginRejected e) {
                Map<String, Problem> culprits = culprits(e, plugins, accepted);
                boolean goesBack = culprits.keySet().stream().anyMatch(name -> isOther(name, plugins, accepted));
                culprits.keySet().removeIf(name -> goesBack && !isOther(name, plugins, accepted));
                for (Map.Entry<String, Problem> culprit : culprits.entrySet()) {
                    String name = culprit.getKey();
                    if (!seen.add(name + " " + plugins.get(name))) {
                        throw new IllegalStateException("installed plugins are refused", e);
                    }
                    retreat(name, culprit.getValue(), plugins, accepted, installer);
                }
            }
        }
    }

    /** Whether a file is in use with another content than it is to have, or is to go. */
    private static boolean isOther(String name, Map<String, String> plugins, Map<String, String> accepted) {
        return accepted.containsKey(name) && !accepted.get(name).equals(plugins.get(name));
    }

    /** Name to problem of the files that are at fault: none of them is as it was when all was well, if any is not. */
    private static Map<String, Problem> culprits(
            PluginRejected e, Map<String, String> plugins, Map<String, String> accepted) {
        Map<String, String> known = new HashMap<>(accepted);
        known.putAll(plugins);
        Map<String, Problem> culprits = new TreeMap<>();
        e.problems().forEach(problem -> culprits.putIfAbsent(culprit(problem, known), problem));
        culprits.remove("");
        if (culprits.isEmpty()) {
            culprits.put(
                    plugins.keySet().stream()
                            .filter(file -> !plugins.get(file).equals(accepted.get(file)))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("installed plugins are refused", e)),
                    e.problem());
        }
        return culprits;
    }

    /** Digest to name of a file with that content. */
    static Map<String, String> byDigest(Map<String, String> plugins) {
        Map<String, String> files = new TreeMap<>();
        plugins.forEach((file, digest) -> files.putIfAbsent(digest, file));
        return files;
    }

    /** What comes, is replaced and goes, a line each. */
    static List<String> lines(Map<String, String> before, Map<String, String> after) {
        List<String> lines = new ArrayList<>();
        after.forEach((file, digest) -> {
            String old = before.get(file);
            if (!digest.equals(old)) {
                lines.add(FOLDER + file + (old == null ? ": new" : ": replaced"));
            }
        });
        before.keySet().stream()
                .filter(file -> !after.containsKey(file))
                .forEach(file -> lines.add(FOLDER + file + ": removed"));
        return lines;
    }

    /** The name of the jar that a problem is about; empty when it names none of them. */
    static String culprit(Problem problem, Map<String, String> staged) {
        String source = problem.origin().map(Origin::source).orElse("");
        String name = source.startsWith(FOLDER) ? source.substring(FOLDER.length()) : source;
        return staged.containsKey(name) ? name : "";
    }

    /** What is wrong with the jars that are left out. */
    List<Problem> problems() {
        return new ArrayList<>(reasons.values());
    }
}
