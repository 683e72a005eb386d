// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakepipe.control.PluginInfo;

/**
 * Which of the jars that are wanted can be there together. Two plugins that answer to one name would be two services with
 * one PID: the higher version is chosen, of equal ones the file that sorts last, and the other waits. What came with the
 * product is never replaced. The result depends on what is wanted alone, not on what runs. Immutable.
 *
 * @param chosen  digest to name of file, of those that are to be installed
 * @param waiting digest to reason, of the others
 */
public record Selection(Map<String, String> chosen, Map<String, String> waiting) {
    /** Copies the maps. */
    public Selection {
        chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
        waiting = Map.copyOf(waiting);
    }

    /**
     * Chooses.
     *
     * @param wanted  jar to name of file
     * @param shipped what came with the product
     */
    public static Selection of(Map<PluginJar, String> wanted, Collection<ShippedPlugin> shipped) {
        return of(wanted.entrySet().stream().map(jar -> Candidate.of(jar.getKey(), jar.getValue())), shipped);
    }

    /**
     * The same of what is known only by what people read about it.
     *
     * @param wanted plugins and libraries
     */
    public static Selection among(Collection<PluginInfo> wanted, Collection<ShippedPlugin> shipped) {
        return of(wanted.stream().map(Candidate::of), shipped);
    }

    private static Selection of(Stream<Candidate> wanted, Collection<ShippedPlugin> shipped) {
        Map<String, String> waiting = new TreeMap<>();
        Chosen chosen = new Chosen();
        wanted.sorted(Comparator.comparing(Candidate::name)
                        .thenComparing(Candidate::version, Comparator.reverseOrder())
                        .thenComparing(Candidate::file, Comparator.reverseOrder()))
                .forEach(one -> obstacle(one, chosen, shipped)
                        .ifPresentOrElse(reason -> waiting.put(one.digest(), reason), () -> chosen.add(one)));
        return new Selection(chosen.digests(), waiting);
    }

    /**
     * What matters of a jar here.
     *
     * @param provides {@code kind name} of each plugin in it; empty for a library
     */
    private record Candidate(String digest, String file, String name, BundleVersion version, List<String> provides) {
        static Candidate of(PluginJar jar, String file) {
            BundleManifest manifest = jar.manifest();
            return new Candidate(jar.digest(), file, manifest.symbolicName(), manifest.version(), manifest.provides());
        }

        static Candidate of(PluginInfo info) {
            return new Candidate(
                    info.digest(),
                    info.file(),
                    info.symbolicName(),
                    BundleVersion.parse(info.version()),
                    info.kind() == PluginInfo.Kind.PLUGIN ? info.provides() : List.of());
        }

        boolean isPlugin() {
            return !provides.isEmpty();
        }

        Optional<String> common(List<String> others) {
            return provides.stream().filter(others::contains).findFirst();
        }

        @Override
        public String toString() {
            return name + " " + version;
        }
    }

    /** Those that were chosen so far, in their order. */
    private static final class Chosen {
        private final List<Candidate> inOrder = new ArrayList<>();
        /** By the name of the bundle and by each that it provides: their numbers. Hundreds are compared with few others each. */
        private final Map<String, List<Integer>> byName = new HashMap<>();

        private final Map<String, List<Integer>> byProvided = new HashMap<>();

        void add(Candidate one) {
            int number = inOrder.size();
            inOrder.add(one);
            byName.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(number);
            one.provides()
                    .forEach(provided -> byProvided
                            .computeIfAbsent(provided, name -> new ArrayList<>())
                            .add(number));
        }

        /** Those that a jar may not be beside, in their order. */
        Stream<Candidate> related(Candidate jar) {
            Set<Integer> numbers = new TreeSet<>(byName.getOrDefault(jar.name(), List.of()));
            jar.provides().forEach(provided -> numbers.addAll(byProvided.getOrDefault(provided, List.of())));
            return numbers.stream().map(inOrder::get);
        }

        Map<String, String> digests() {
            Map<String, String> digests = new LinkedHashMap<>();
            inOrder.forEach(one -> digests.put(one.digest(), one.file()));
            return digests;
        }
    }

    private static Optional<String> obstacle(Candidate jar, Chosen chosen, Collection<ShippedPlugin> shipped) {
        for (ShippedPlugin other : shipped) {
            boolean sameName = other.symbolicName().equals(jar.name());
            boolean sameVersion = other.version().equals(jar.version().toString());
            if (sameName && (jar.isPlugin() || sameVersion)) {
                return Optional.of(other + " comes with the product and stays; remove the file");
            }
            Optional<String> common = jar.common(other.provides());
            if (common.isPresent()) {
                return Optional.of("'" + common.get() + "' comes with the product, in " + other
                        + "; give the plugin another name");
            }
        }
        return chosen.related(jar)
                .flatMap(other -> obstacle(jar, other, new DroppedFile(other.file())).stream())
                .findFirst();
    }

    private static Optional<String> obstacle(Candidate jar, Candidate other, DroppedFile file) {
        if (other.name().equals(jar.name())) {
            if (other.version().equals(jar.version())) {
                return Optional.of(file + " is " + other + " too, and its name sorts last; remove one of them");
            }
            if (jar.isPlugin()) {
                return Optional.of(file + " is the newer " + other + "; remove one of them");
            }
        }
        return jar.common(other.provides())
                .map(name -> file + " provides '" + name + "' too; give one of them another name");
    }
}
