// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is known about dropped jars: what each is, who is called how, who is in use, waits or was rejected. Thread-safe. */
public final class Catalogue {
    /** Why a jar that was staged is not in use, when nothing is wrong with it. */
    public static final String NOT_YET = "is checked and not in use yet";

    private final Map<String, PluginJar> jars = new HashMap<>();
    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, Rejection> rejections = new TreeMap<>();
    private Selection selection = new Selection(Map.of(), Map.of());

    /**
     * Why a file is not in use.
     *
     * @param digest of its content
     * @param reason one sentence for people
     */
    public record Rejection(String digest, String reason) {}

    /**
     * All of it at one moment. Immutable.
     *
     * @param jars       digest to jar
     * @param files      name of file to digest
     * @param rejections name of file to reason
     * @param selection  the one in force
     */
    public record State(
            Map<String, PluginJar> jars,
            Map<String, String> files,
            Map<String, Rejection> rejections,
            Selection selection) {}

    /** A copy of all of it. */
    public synchronized State state() {
        return new State(Map.copyOf(jars), new TreeMap<>(files), new TreeMap<>(rejections), selection);
    }

    /** Whether the jar with a digest is in use. */
    public synchronized boolean isUsed(String digest) {
        return selection.chosen().containsKey(digest);
    }

    /** What a digest is, if it is known. */
    public synchronized Optional<PluginJar> jar(String digest) {
        return Optional.ofNullable(jars.get(digest));
    }

    /** Remembers what a jar is. */
    synchronized void add(PluginJar jar) {
        jars.put(jar.digest(), jar);
    }

    /** Remembers which content a file has. What was said about another content of it no longer holds. */
    synchronized void named(String file, String digest) {
        files.put(file, digest);
        rejections.computeIfPresent(file, (name, old) -> old.digest().equals(digest) ? old : null);
    }

    /** Remembers why a file is not in use. */
    public synchronized void reject(String file, String digest, String reason) {
        rejections.put(file, new Rejection(digest, reason));
        files.computeIfPresent(file, (name, old) -> old.equals(digest) ? old : null);
    }

    /** Forgets files that are gone. */
    public synchronized void retainFiles(Set<String> present) {
        files.keySet().retainAll(present);
        rejections.keySet().retainAll(present);
    }

    /** The name of a file with this content; the digest when there is none. */
    public String fileOf(String digest) {
        return filesOf(Set.of(digest)).get(digest);
    }

    /** The same of many at once: digest to name of file. */
    public synchronized Map<String, String> filesOf(Set<String> digests) {
        Map<String, String> names = new HashMap<>();
        digests.forEach(digest -> names.put(digest, selection.chosen().getOrDefault(digest, digest)));
        files.forEach((file, digest) -> names.computeIfPresent(digest, (same, before) -> file));
        return names;
    }

    /**
     * Puts a selection in force.
     *
     * @return the digests that are still of use: of this selection, of the one before, and of files that are there, also of those
     *     that were rejected: they may be tried again
     */
    public synchronized Set<String> use(Selection next) {
        Set<String> kept = new HashSet<>(files.values());
        rejections.values().forEach(rejection -> kept.add(rejection.digest()));
        for (Selection used : new Selection[] {selection, next}) {
            kept.addAll(used.chosen().keySet());
            kept.addAll(used.waiting().keySet());
        }
        rejections.values().removeIf(rejection -> next.chosen().containsKey(rejection.digest()));
        selection = next;
        jars.keySet().retainAll(kept);
        return kept;
    }
}
