// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.internal.PluginJar;
import org.snakepipe.plugins.internal.Selection;
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
    private volatile Known last;

    /** What was found the last time. @param selection another object as soon as a bundle or a jar has come or gone */
    private record Known(Selection selection, List<Schema> schemas, List<RuleSource> rules) {}

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
        return known(digests).schemas;
    }

    @Override
    public Collection<RuleSource> rules(Set<String> digests) {
        return known(digests).rules;
    }

    /** What was asked for the last time is what is asked for, until a bundle or a jar comes or goes. */
    private Known known(Set<String> digests) {
        Map<PluginJar, String> staged = require(digests);
        Selection selection = store.choose(staged);
        Known before = last;
        if (before != null && before.selection == selection) {
            return before;
        }
        List<PluginJar> chosen = staged.keySet().stream()
                .filter(jar -> selection.chosen().containsKey(jar.digest()))
                .toList();
        Collection<ShippedPlugin> shipped = store.shipped().all();
        Known now = new Known(selection, schemas(shipped, chosen), rules(shipped, chosen));
        last = now;
        return now;
    }

    private static List<Schema> schemas(Collection<ShippedPlugin> shipped, List<PluginJar> chosen) {
        Map<String, Schema> byPid = new TreeMap<>();
        add(byPid, shipped, bundle -> bundle.symbolicName().startsWith(OURS));
        add(byPid, shipped, bundle -> !bundle.symbolicName().startsWith(OURS));
        chosen.forEach(jar -> add(byPid, jar.schemas()));
        return List.copyOf(byPid.values());
    }

    private static List<RuleSource> rules(Collection<ShippedPlugin> shipped, List<PluginJar> chosen) {
        return Stream.concat(
                        shipped.stream().map(ShippedPlugin::rules),
                        chosen.stream().map(PluginJar::rules))
                .filter(rules -> !rules.isEmpty())
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
