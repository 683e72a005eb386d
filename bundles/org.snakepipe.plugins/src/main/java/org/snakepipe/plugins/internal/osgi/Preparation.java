// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.internal.DroppedFile;
import org.snakepipe.plugins.internal.JarStore;
import org.snakepipe.plugins.internal.Selection;

/**
 * Installs and resolves what a selection asks for, beside what runs. Either all plugins of it resolve, or nothing is left
 * behind; libraries that do not resolve wait. One object for each attempt.
 */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final JarStore jars;
    private final PluginBundles bundles;
    private final ReplacementHook hook;
    private final List<PluginBundle> leaving = new ArrayList<>();
    private final List<PluginBundle> arriving = new ArrayList<>();

    Preparation(JarStore jars, PluginBundles bundles, ReplacementHook hook) {
        this.jars = jars;
        this.bundles = bundles;
        this.hook = hook;
    }

    /** Who leaves and who has arrived, and the selection without those libraries that have to wait. */
    record Prepared(List<PluginBundle> leaving, List<PluginBundle> arriving, Selection selection) {}

    Prepared prepare(Selection wanted) throws PluginRejected {
        Map<String, Bundle> present = bundles.present();
        present.forEach((digest, bundle) -> {
            if (!wanted.chosen().containsKey(digest)) {
                leaving.add(plugin(bundle));
            }
        });
        Map<String, String> missing = new LinkedHashMap<>(wanted.chosen());
        missing.keySet().removeAll(present.keySet());
        for (PluginBundle importer : importers(wanted)) {
            leaving.add(importer);
            missing.put(importer.digest(), wanted.chosen().get(importer.digest()));
        }
        boolean done = false;
        try {
            install(missing);
            Map<String, String> waiting = hook.during(set(leaving), set(arriving), this::resolve);
            rejectPlugins(waiting);
            done = true;
            return new Prepared(List.copyOf(leaving), List.copyOf(arriving), without(wanted, waiting));
        } finally {
            if (!done) {
                PluginBundles.importersFirst(arriving).forEach(Preparation::uninstall);
            }
        }
    }

    /**
     * Those that stay and are wired to what leaves. They are installed a second time, to be wired to what comes instead; the
     * first copy stays as it is until the change is committed.
     */
    private List<PluginBundle> importers(Selection wanted) throws PluginRejected {
        List<PluginBundle> importers = new ArrayList<>();
        Set<Bundle> gone = set(leaving);
        for (Bundle bundle : bundles.wiring().getDependencyClosure(gone)) {
            if (gone.contains(bundle) || bundles.isGivenUp(bundle)) {
                continue;
            }
            if (!PluginBundles.isPlugin(bundle)) {
                throw cause(bundle, wanted)
                        .rejected(
                                "plugin.platform",
                                "cannot go or be replaced while the product runs: " + bundle.getSymbolicName()
                                        + ", which is part of it, uses it; restart to apply this",
                                null);
            }
            importers.add(plugin(bundle));
        }
        return importers;
    }

    /** The file that would go although a bundle of the product uses it; when it stays, that which takes its place. */
    private DroppedFile cause(Bundle ours, Selection wanted) {
        PluginBundle used = leaving.stream()
                .filter(one -> bundles.wiring()
                        .getDependencyClosure(Set.of(one.bundle()))
                        .contains(ours))
                .findFirst()
                .orElse(leaving.get(0));
        if (!wanted.waiting().containsKey(used.digest())) {
            return used.file();
        }
        return wanted.chosen().entrySet().stream()
                .filter(jar ->
                        jars.symbolicName(jar.getKey()).equals(used.bundle().getSymbolicName()))
                .map(jar -> new DroppedFile(jar.getValue()))
                .findFirst()
                .orElse(used.file());
    }

    private void install(Map<String, String> missing) throws PluginRejected {
        for (Map.Entry<String, String> jar : missing.entrySet()) {
            DroppedFile file = new DroppedFile(jar.getValue());
            try {
                Bundle bundle = bundles.install(jar.getKey(), jars.path(jar.getKey()));
                arriving.add(new PluginBundle(bundle, jar.getKey(), file));
            } catch (BundleException e) {
                throw file.rejected("plugin.install", "is refused by the framework: " + e.getMessage(), e);
            } catch (IOException e) {
                throw file.rejected("plugin.disk", "cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** Digest to reason, of all that do not resolve. */
    private Map<String, String> resolve() {
        Map<String, String> unresolved = new TreeMap<>();
        Set<Bundle> targets = set(arriving);
        if (targets.isEmpty() || bundles.wiring().resolveBundles(targets)) {
            return unresolved;
        }
        Set<Bundle> providers = new HashSet<>(bundles.all());
        providers.removeAll(set(leaving));
        Diagnosis diagnosis = new Diagnosis(providers, this::name);
        for (PluginBundle plugin : arriving) {
            if (plugin.bundle().getState() == Bundle.INSTALLED) {
                unresolved.put(plugin.digest(), diagnosis.why(plugin.bundle()));
            }
        }
        return unresolved;
    }

    private String name(Bundle bundle) {
        return arriving.stream()
                .filter(plugin -> plugin.bundle().equals(bundle))
                .map(plugin -> plugin.file().toString())
                .findFirst()
                .orElseGet(() -> bundle.getSymbolicName() + " " + bundle.getVersion());
    }

    /** One rejection for all plugins that do not resolve; libraries that do not are taken away again, and wait. */
    private void rejectPlugins(Map<String, String> unresolved) throws PluginRejected {
        List<PluginBundle> waiting = arriving.stream()
                .filter(plugin -> unresolved.containsKey(plugin.digest()))
                .toList();
        List<PluginBundle> plugins =
                waiting.stream().filter(plugin -> !isLibrary(plugin)).toList();
        if (!plugins.isEmpty()) {
            throw new PluginRejected(
                    plugins.stream()
                            .map(plugin -> plugin.file()
                                    .rejected("plugin.resolve", unresolved.get(plugin.digest()), null)
                                    .problem())
                            .toList(),
                    null);
        }
        waiting.forEach(Preparation::uninstall);
        arriving.removeAll(waiting);
    }

    private boolean isLibrary(PluginBundle plugin) {
        return jars.kind(plugin.digest()) == Kind.LIBRARY;
    }

    private static Selection without(Selection wanted, Map<String, String> unresolved) {
        Map<String, String> chosen = new LinkedHashMap<>(wanted.chosen());
        chosen.keySet().removeAll(unresolved.keySet());
        Map<String, String> waiting = new TreeMap<>(wanted.waiting());
        waiting.putAll(unresolved);
        return new Selection(chosen, waiting);
    }

    private PluginBundle plugin(Bundle bundle) {
        String digest = PluginBundles.digest(bundle);
        return new PluginBundle(bundle, digest, new DroppedFile(jars.fileOf(digest)));
    }

    private static Set<Bundle> set(Collection<PluginBundle> plugins) {
        return plugins.stream().map(PluginBundle::bundle).collect(Collectors.toSet());
    }

    private static void uninstall(PluginBundle plugin) {
        try {
            plugin.bundle().uninstall();
        } catch (BundleException e) {
            LOG.warn("{} could not be uninstalled; it is not started and goes at the next restart", plugin, e);
        }
    }
}
