// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginCheck;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.PluginVersion;

/**
 * Bundles as the rollout sees them. What a jar's text says happens: "damaged", "unresolvable", "needs lib", "does not start",
 * "used by the product".
 */
final class FakeBundles implements Installer {
    final Map<String, String> rejected = new ConcurrentHashMap<>();
    final List<String> steps = new CopyOnWriteArrayList<>();
    final List<PluginCheck> checks = new CopyOnWriteArrayList<>();
    /** Digest to the plugins in it. */
    final Map<String, List<PluginVersion>> versions = new TreeMap<>();

    /** Hears of each step before it is taken, and may throw. */
    volatile Consumer<String> step = name -> {};

    /** PID to the bundle that does not run. */
    final Map<String, String> stopped = new ConcurrentHashMap<>();

    /** Name of a file to the digest that it is known by. */
    final Map<String, String> staged = new ConcurrentHashMap<>();

    /** How often bundles were installed. */
    final AtomicInteger prepared = new AtomicInteger();

    volatile Set<String> kept = Set.of();
    final Set<String> installed = ConcurrentHashMap.newKeySet();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, String> files = new ConcurrentHashMap<>();

    /** As after a restart: copies of jars are on the disk still. */
    void remember(FakeBundles before) {
        texts.putAll(before.texts);
    }

    @Override
    public PluginInfo stage(String file, FileContent content) throws PluginRejected {
        if (content.bytes().length > 0) {
            texts.put(content.digest(), new String(content.bytes(), StandardCharsets.UTF_8));
        }
        refuse(file, content.digest(), "damaged");
        staged.put(file, content.digest());
        files.put(content.digest(), file);
        return new PluginInfo(
                file,
                content.digest(),
                file,
                "1",
                PluginInfo.Kind.PLUGIN,
                PluginInfo.State.WAITING,
                "",
                List.of(),
                List.of(),
                List.of(),
                "",
                file);
    }

    private void refuse(String file, String digest, String word) throws PluginRejected {
        if (texts.get(digest).contains(word)) {
            throw refusal("plugin." + word.replace(' ', '.'), "is " + word, file);
        }
    }

    private static PluginRejected refusal(String code, String message, String file) {
        Problem problem = Problem.error(code, message)
                .at(new Origin("plugin", "deploy/" + file, 0, 0))
                .build();
        return new PluginRejected(problem, null);
    }

    @Override
    public PluginChange prepare(Map<String, String> wanted) throws PluginRejected {
        Set<String> arriving = new TreeSet<>(wanted.keySet());
        arriving.removeAll(installed);
        Set<String> leaving = new TreeSet<>(installed);
        leaving.removeAll(wanted.keySet());
        prepared.incrementAndGet();
        for (String digest : leaving) {
            if (texts.get(digest).contains("used by the product")) {
                throw refusal("plugin.platform", "cannot go", files.get(digest));
            }
        }
        List<PluginRejected> unresolvable = new ArrayList<>();
        arriving.stream()
                .filter(digest -> texts.get(digest).contains("unresolvable"))
                .forEach(digest ->
                        unresolvable.add(refusal("plugin.unresolvable", "is unresolvable", wanted.get(digest))));
        if (!unresolvable.isEmpty()) {
            throw new PluginRejected(
                    unresolvable.stream().map(PluginRejected::problem).toList(), null);
        }
        for (String digest : arriving) {
            boolean there =
                    wanted.keySet().stream().anyMatch(one -> texts.get(one).equals("lib"));
            if (!there && texts.get(digest).equals("needs lib")) {
                throw refusal("plugin.resolve", "needs lib", wanted.get(digest));
            }
        }
        return new Change(new TreeMap<>(wanted), arriving, leaving);
    }

    @Override
    public Map<String, String> stopped() {
        return Map.copyOf(stopped);
    }

    @Override
    public void rejected(String file, String digest, String reason) {
        rejected.put(file, reason);
    }

    @Override
    public void retain(Set<String> present) {
        rejected.keySet().retainAll(present);
        staged.keySet().retainAll(present);
    }

    @Override
    public List<PluginCheck> checks(Set<String> digests) {
        step.accept("checks");
        return List.copyOf(checks);
    }

    @Override
    public List<PluginVersion> versions(Set<String> digests) {
        List<PluginVersion> there = new ArrayList<>();
        digests.forEach(digest -> there.addAll(versions.getOrDefault(digest, List.of())));
        return there;
    }

    @Override
    public void keep(Set<String> digests) {
        kept = Set.copyOf(digests);
    }

    private final class Change implements PluginChange {
        private final Map<String, String> names;
        private final Set<String> arriving;
        private final Set<String> leaving;

        Change(Map<String, String> names, Set<String> arriving, Set<String> leaving) {
            this.names = names;
            this.arriving = arriving;
            this.leaving = leaving;
        }

        @Override
        public boolean isEmpty() {
            return arriving.isEmpty() && leaving.isEmpty();
        }

        @Override
        public Set<String> arriving() {
            return arriving;
        }

        @Override
        public Set<String> leaving() {
            return leaving;
        }

        @Override
        public void stopLeaving() {
            step.accept("stop");
            leaving.forEach(digest -> steps.add("stop"));
        }

        @Override
        public void startArriving(Duration deadline) throws PluginRejected {
            step.accept("start");
            for (String digest : new ArrayList<>(arriving)) {
                refuse(names.get(digest), digest, "does not start");
                if (texts.get(digest).equals("has no room")) {
                    throw refusal("plugin.disk", "has no room", names.get(digest));
                }
                steps.add("start " + names.get(digest));
            }
        }

        @Override
        public void commit() {
            step.accept("commit");
            installed.addAll(arriving);
            installed.removeAll(leaving);
        }

        @Override
        public void undo() {
            step.accept("undo");
            if (!isEmpty()) {
                steps.add("undo");
            }
        }
    }
}
