// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.internal.PluginJar;
import org.snakepipe.plugins.internal.ShippedPlugin;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;

/** The schemas of what is shipped, and of those staged jars that would be chosen if just these were wanted. */
@Component
public final class BundleSchemas implements SchemaSource {
    /** What the product says about a PID of a third party goes before what the third party says. */
    private static final String OURS = "org.snakepipe.";

    private final PluginStore store;

    /**
     * For this runtime.
     *
     * @param store what is known about jars
     */
    @Activate
    public BundleSchemas(@Reference(name = "store") PluginStore store) {
        this.store = store;
    }

    @Override
    public Collection<Schema> schemas(Set<String> digests) {
        Map<String, Schema> byPid = new TreeMap<>();
        Collection<ShippedPlugin> shipped = store.shipped().all();
        add(byPid, shipped, bundle -> bundle.symbolicName().startsWith(OURS));
        add(byPid, shipped, bundle -> !bundle.symbolicName().startsWith(OURS));
        chosen(digests).forEach(jar -> add(byPid, jar.schemas()));
        return List.copyOf(byPid.values());
    }

    @Override
    public Collection<RuleSource> rules(Set<String> digests) {
        List<RuleSource> rules = new ArrayList<>();
        store.shipped().all().forEach(bundle -> rules.add(bundle.rules()));
        chosen(digests).forEach(jar -> rules.add(jar.rules()));
        rules.removeIf(RuleSource::isEmpty);
        return rules;
    }

    private List<PluginJar> chosen(Set<String> digests) {
        Map<PluginJar, String> staged = require(digests);
        Set<String> chosen = store.choose(staged).chosen().keySet();
        return staged.keySet().stream()
                .filter(jar -> chosen.contains(jar.digest()))
                .toList();
    }

    private Map<PluginJar, String> require(Set<String> digests) {
        try {
            return store.jars().require(store.catalogue().filesOf(digests));
        } catch (PluginRejected e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void add(
            Map<String, Schema> byPid, Collection<ShippedPlugin> bundles, Predicate<ShippedPlugin> which) {
        bundles.stream().filter(which).forEach(bundle -> add(byPid, bundle.schemas()));
    }

    private static void add(Map<String, Schema> byPid, Collection<Schema> schemas) {
        schemas.forEach(schema -> byPid.putIfAbsent(schema.pid(), schema));
    }
}
