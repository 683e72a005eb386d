// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Resource;
import org.osgi.service.resolver.Resolver;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginAnalysis.Verdict;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.plugins.internal.Discovery;
import org.snakepipe.plugins.internal.FoundJar;

/** Finds out what would come of registering jars. Thread-safe. */
final class PluginAnalyst {
    private final PluginStore store;
    private final PluginList list;
    private final PluginBundles bundles;
    private final Discovery discovery;
    private final Resolver resolver;

    PluginAnalyst(PluginStore store, PluginList list, Resolver resolver) {
        this.store = store;
        this.list = list;
        this.bundles = store.bundles();
        this.discovery = store.discovery();
        this.resolver = resolver;
    }

    /**
     * What would come of it.
     *
     * @param files       the jars
     * @param directories where what they lack may be
     * @param going       names of files that go in the same moment
     */
    PluginAnalysis analyse(Collection<Path> files, Collection<Path> directories, Collection<String> going)
            throws InterruptedException {
        if (files.isEmpty()) {
            return new PluginAnalysis(List.of(), Verdict.FITS, List.of(), List.of(), List.of(), List.of());
        }
        List<FoundJar> jars = files.stream().map(discovery::look).toList();
        List<String> unusable = jars.stream()
                .filter(jar -> !jar.isUsable())
                .map(jar -> jar.info().file() + " " + jar.info().reason())
                .toList();
        Foresight foresight = unusable.isEmpty()
                ? Foresight.of(store, list, jars.stream().map(FoundJar::info).toList(), going)
                : new Foresight(Set.of(), List.of());
        Set<Bundle> leaving = foresight.leaving();
        Set<Bundle> rewired = new LinkedHashSet<>(bundles.wiring().getDependencyClosure(leaving));
        rewired.removeAll(leaving);
        Verdict verdict = Verdict.UNFIT;
        List<PluginInfo> missing = List.of();
        List<String> reasons = unusable;
        List<String> ours = names(rewired, bundle -> !PluginBundles.isPlugin(bundle));
        if (unusable.isEmpty() && !ours.isEmpty()) {
            verdict = Verdict.REFUSED;
            reasons = List.of("cannot be replaced while the product runs: " + String.join(", ", ours)
                    + ", which is part of it, uses what is replaced; restart to apply this");
        } else if (unusable.isEmpty()) {
            List<FoundJar> offered = discovery.discover(directories);
            Question question = new Question(leaving, rewired, jars, offered);
            verdict = question.verdict();
            missing = question.missing();
            reasons = question.reasons();
            reasons = Stream.concat(foresight.waiting().stream(), reasons.stream())
                    .toList();
            if (verdict == Verdict.UNFIT) {
                reasons = Stream.concat(reasons.stream(), unlisted(offered, directories))
                        .toList();
            }
        }
        return new PluginAnalysis(
                jars.stream().map(FoundJar::info).toList(),
                verdict,
                missing,
                names(rewired, PluginBundles::isPlugin),
                names(leaving, bundle -> true),
                reasons);
    }

    /** What is missing may lie in a directory that cannot be looked into. */
    private static Stream<String> unlisted(List<FoundJar> offered, Collection<Path> directories) {
        List<String> places = directories.stream()
                .map(directory -> directory.toAbsolutePath().normalize().toString())
                .toList();
        return offered.stream()
                .map(FoundJar::info)
                .filter(info -> places.contains(info.file()))
                .map(info -> info.file() + " " + info.reason());
    }

    private static List<String> names(Collection<Bundle> bundles, Predicate<Bundle> which) {
        return bundles.stream().filter(which).map(WhatIfContext::name).sorted().toList();
    }

    /** The jars beside what stays: first alone, then with all that lies in the directories. */
    private final class Question {
        private final WhatIf.Answer alone;
        private final WhatIf.Answer together;

        Question(Set<Bundle> leaving, Set<Bundle> rewired, List<FoundJar> jars, List<FoundJar> offered) {
            WhatIfContext context = new WhatIfContext();
            List<Resource> installed = new ArrayList<>();
            List<Resource> roots = new ArrayList<>();
            for (Bundle bundle : bundles.all()) {
                BundleRevision revision = bundle.adapt(BundleRevision.class);
                if (rewired.contains(bundle) && revision != null) {
                    context.add(revision, WhatIfContext.name(bundle));
                    roots.add(revision);
                } else if (!leaving.contains(bundle)) {
                    context.add(bundle);
                    installed.add(revision);
                }
            }
            installed.removeIf(revision -> revision == null);
            Map<String, JarResource> known = new HashMap<>();
            jars.forEach(jar -> roots.add(0, resource(jar, known, context)));
            Set<String> present = bundles.present().keySet();
            offered.stream()
                    .filter(jar ->
                            jar.isUsable() && !present.contains(jar.info().digest()))
                    .forEach(jar -> resource(jar, known, context));
            WhatIf whatIf = new WhatIf(resolver, context);
            alone = whatIf.ask(roots, installed);
            installed.addAll(known.values());
            together = alone.fits() ? alone : whatIf.ask(roots, installed);
        }

        private static JarResource resource(FoundJar jar, Map<String, JarResource> known, WhatIfContext context) {
            return known.computeIfAbsent(jar.info().digest(), digest -> {
                JarResource resource = new JarResource(jar);
                context.add(resource, jar.info().file());
                return resource;
            });
        }

        Verdict verdict() {
            return alone.fits() ? Verdict.FITS : together.fits() ? Verdict.FITS_WITH : Verdict.UNFIT;
        }

        List<PluginInfo> missing() {
            return together.brings().stream()
                    .filter(JarResource.class::isInstance)
                    .map(resource -> ((JarResource) resource).jar().info())
                    .sorted(java.util.Comparator.comparing(PluginInfo::file))
                    .toList();
        }

        List<String> reasons() {
            return together.fits() ? alone.why() : together.why();
        }
    }
}
