// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/** What lies in all roots, as far as it has settled. Used by one thread. */
final class Disk {
    private static final String JARS = ChangeSet.Root.DEPLOY.folder() + "/";
    /** The path of a root in itself. */
    private static final String ROOT = "";

    private final Map<String, FileContent> config = new TreeMap<>();
    private final Map<String, FileContent> deploy = new TreeMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private final Set<ChangeSet.Root> seen = EnumSet.noneOf(ChangeSet.Root.class);
    private final Map<ChangeSet.Root, String> missing = new EnumMap<>(ChangeSet.Root.class);

    void apply(ChangeSet set) {
        seen.add(set.root());
        missing.remove(set.root());
        if (set.unreadable().containsKey(ROOT)) {
            missing.put(set.root(), set.unreadable().get(ROOT));
        }
        String prefix = prefix(set.root());
        Map<String, FileContent> files = set.root() == ChangeSet.Root.DEPLOY ? deploy : config;
        if (set.initial()) {
            files.keySet().removeIf(path -> isBelow(path, prefix));
        }
        set.changed().forEach((path, content) -> files.put(prefix + path, content));
        set.gone().forEach(path -> files.remove(prefix + path));
        if (set.root() != ChangeSet.Root.DEPLOY) {
            unreadable.keySet().removeIf(path -> isBelow(path, prefix));
            set.unreadable().forEach((path, reason) -> unreadable.put(name(set.root(), path), reason));
        }
    }

    /** How people and we call what lies in a root; the root itself is its folder. */
    private static String name(ChangeSet.Root root, String path) {
        return path.equals(ROOT) ? root.folder() : prefix(root) + path;
    }

    /** Why a root is not there; empty when it is. */
    Optional<String> missing(ChangeSet.Root root) {
        return Optional.ofNullable(missing.get(root));
    }

    /** A root is not there. */
    void miss(ChangeSet.Root root, String reason) {
        apply(new ChangeSet(root, false, Map.of(), Set.of(), Map.of(ROOT, reason)));
    }

    /** What lies in a root, by its path in it; of a jar that has been staged, the digest only. */
    Map<String, FileContent> of(ChangeSet.Root root) {
        return within(root, root == ChangeSet.Root.DEPLOY ? deploy : config);
    }

    /** Those of a generation's files, or of its jars, that belong to a root, by their path in it. */
    static Map<String, FileContent> within(ChangeSet.Root root, Map<String, FileContent> all) {
        if (root == ChangeSet.Root.DEPLOY) {
            return Map.copyOf(all);
        }
        Map<String, FileContent> within = new TreeMap<>();
        all.forEach((path, content) -> {
            if (isBelow(path, prefix(root))) {
                within.put(path.substring(prefix(root).length()), content);
            }
        });
        return within;
    }

    /** Remembers what lies there now. Running it goes back to that. */
    Runnable mark() {
        Map<String, FileContent> files = new TreeMap<>(config);
        Map<String, FileContent> jars = new TreeMap<>(deploy);
        Map<String, String> bad = new TreeMap<>(unreadable);
        Map<ChangeSet.Root, String> away = Map.copyOf(missing);
        return () -> {
            missing.clear();
            missing.putAll(away);
            config.clear();
            config.putAll(files);
            deploy.clear();
            deploy.putAll(jars);
            unreadable.clear();
            unreadable.putAll(bad);
        };
    }

    /** As if files had been saved. @param changes path to content; empty when it is gone */
    void put(Map<String, Optional<FileContent>> changes) {
        changes.forEach((path, content) -> {
            Map<String, FileContent> files = isJar(path) ? deploy : config;
            String name = isJar(path) ? jar(path) : path;
            content.ifPresentOrElse(one -> files.put(name, one), () -> files.remove(name));
        });
    }

    /** What lies at a path, of configuration, of overrides, or of a jar; of a staged jar only the digest is true. */
    Optional<FileContent> at(String path) {
        return Optional.ofNullable(isJar(path) ? deploy.get(jar(path)) : config.get(path));
    }

    /** The path by which a jar is written: no path of configuration has an empty part. */
    static String jarPath(String name) {
        return JARS + name;
    }

    /** A path as people know it. */
    static String shown(String path) {
        return isJar(path) ? ChangeSet.Root.DEPLOY.folder() + jar(path) : path;
    }

    static boolean isJar(String path) {
        return path.startsWith(JARS);
    }

    /** The name in the deploy directory. */
    static String jar(String path) {
        return path.substring(JARS.length());
    }

    /** Something of paths, by the root that they lie in and their path there. */
    static <T> Map<ChangeSet.Root, Map<String, T>> byRoot(Map<String, T> all) {
        Map<ChangeSet.Root, Map<String, T>> roots = new EnumMap<>(ChangeSet.Root.class);
        all.forEach((path, one) -> {
            ChangeSet.Root root = rootOf(path);
            String name = root == ChangeSet.Root.DEPLOY
                    ? jar(path)
                    : path.substring(prefix(root).length());
            roots.computeIfAbsent(root, key -> new TreeMap<>()).put(name, one);
        });
        return roots;
    }

    private static ChangeSet.Root rootOf(String path) {
        if (isJar(path)) {
            return ChangeSet.Root.DEPLOY;
        }
        return isOverride(path) ? ChangeSet.Root.OVERRIDES : ChangeSet.Root.CONFIG;
    }

    /** What stands before the paths of a root: overrides are files beside those of the configuration directory. */
    static String prefix(ChangeSet.Root root) {
        return root == ChangeSet.Root.OVERRIDES ? root.folder() : "";
    }

    /** Whether a path of {@link #config()} is that of an override. */
    static boolean isOverride(String path) {
        return path.startsWith(ChangeSet.Root.OVERRIDES.folder());
    }

    private static boolean isBelow(String path, String prefix) {
        return isOverride(path) != prefix.isEmpty();
    }

    /** Whether a configuration file, or a directory above it, was there and could not be read: that does not mean gone. */
    boolean isUnreadable(String path) {
        return unreadable.keySet().stream().anyMatch(bad -> covers(bad, path));
    }

    /** Why one {@linkplain #isUnreadable cannot be read}. */
    String whyUnreadable(String path) {
        return unreadable.entrySet().stream()
                .filter(bad -> covers(bad.getKey(), path))
                .map(bad -> bad.getKey() + ": " + bad.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Whether what cannot be read is that, or above it. */
    static boolean covers(String bad, String path) {
        if (bad.equals(ChangeSet.Root.CONFIG.folder())) {
            return !isOverride(path);
        }
        return path.equals(bad) || path.startsWith(bad.endsWith("/") ? bad : bad + "/");
    }

    /** What cannot be read and never could, with the reason. @param accepted paths that were read before */
    Map<String, String> neverRead(Set<String> accepted) {
        Map<String, String> never = new TreeMap<>(unreadable);
        never.keySet().removeIf(bad -> accepted.stream().anyMatch(path -> covers(bad, path)));
        return never;
    }

    /** Configuration files and directories that cannot be read, with the reason. */
    Map<String, String> unreadable() {
        return Collections.unmodifiableMap(unreadable);
    }

    /** Whether all roots have been seen as a whole. */
    boolean isComplete() {
        return seen.size() == ChangeSet.Root.values().length;
    }

    /** The roots of which nobody has said anything yet, for people. */
    String unseen() {
        return EnumSet.complementOf(EnumSet.copyOf(seen)).stream()
                .map(ChangeSet.Root::folder)
                .collect(Collectors.joining(", "));
    }

    /** Path to content, of configuration and of overrides. */
    Map<String, FileContent> config() {
        return Collections.unmodifiableMap(config);
    }

    /** Name to content; of a jar that has been staged, the digest only. */
    Map<String, FileContent> deploy() {
        return Collections.unmodifiableMap(deploy);
    }

    /** A staged jar lies in the data directory: its bytes need not stay in memory. */
    void forgetBytes(String jar) {
        deploy.computeIfPresent(jar, (name, content) -> new FileContent(new byte[0], content.digest()));
    }
}
