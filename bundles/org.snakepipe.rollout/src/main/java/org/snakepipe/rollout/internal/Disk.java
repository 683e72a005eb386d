// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/** What lies in both roots, as far as it has settled. Used by one thread. */
final class Disk {
    private static final String JARS = ChangeSet.Root.DEPLOY.folder() + "/";

    private final Map<String, FileContent> config = new TreeMap<>();
    private final Map<String, FileContent> deploy = new TreeMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private final Set<ChangeSet.Root> seen = EnumSet.noneOf(ChangeSet.Root.class);

    void apply(ChangeSet set) {
        seen.add(set.root());
        String prefix = prefix(set.root());
        Map<String, FileContent> files = set.root() == ChangeSet.Root.DEPLOY ? deploy : config;
        if (set.initial()) {
            files.keySet().removeIf(path -> isBelow(path, prefix));
        }
        set.changed().forEach((path, content) -> files.put(prefix + path, content));
        set.gone().forEach(path -> files.remove(prefix + path));
        if (set.root() != ChangeSet.Root.DEPLOY) {
            unreadable.keySet().removeIf(path -> isBelow(path, prefix));
            set.unreadable().forEach((path, reason) -> unreadable.put(prefix + path, reason));
        }
    }

    /** Remembers what lies there now. Running it goes back to that. */
    Runnable mark() {
        Map<String, FileContent> files = new TreeMap<>(config);
        Map<String, FileContent> jars = new TreeMap<>(deploy);
        Map<String, String> bad = new TreeMap<>(unreadable);
        return () -> {
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

    static boolean isJar(String path) {
        return path.startsWith(JARS);
    }

    /** The name in the deploy directory. */
    static String jar(String path) {
        return path.substring(JARS.length());
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
        return unreadable.keySet().stream().anyMatch(bad -> path.equals(bad) || path.startsWith(bad + "/"));
    }

    /** What cannot be read and never could, with the reason. @param accepted paths that were read before */
    Map<String, String> neverRead(Set<String> accepted) {
        Map<String, String> never = new TreeMap<>(unreadable);
        never.keySet()
                .removeIf(bad -> accepted.stream().anyMatch(path -> path.equals(bad) || path.startsWith(bad + "/")));
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

    /** What is still missing, for people. */
    String missing() {
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
