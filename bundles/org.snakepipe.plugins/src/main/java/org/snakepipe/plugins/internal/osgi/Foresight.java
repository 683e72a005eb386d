// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.plugins.internal.Catalogue;
import org.snakepipe.plugins.internal.Selection;
import org.snakepipe.plugins.internal.ShippedPlugin;

/**
 * Who would go if jars came, and which of them would only wait: what would be chosen is found out as for a change that is made.
 *
 * @param leaving bundles that would go
 * @param waiting a sentence for each jar that would be there and not in use
 */
record Foresight(Set<Bundle> leaving, List<String> waiting) {
    /**
     * Looks ahead.
     *
     * @param coming jars that would lie in {@code deploy/}, under the names they have now
     * @param going  names of files that would go
     */
    static Foresight of(PluginStore store, PluginList list, Collection<PluginInfo> coming, Collection<String> going) {
        Set<String> names = new HashSet<>(going);
        coming.forEach(jar -> names.add(Path.of(jar.file()).getFileName().toString()));
        Map<String, Bundle> present = store.bundles().present();
        Map<String, PluginInfo> wanted = new LinkedHashMap<>();
        Set<String> replaced = new HashSet<>();
        for (PluginInfo info : inUse(store.catalogue().state(), list)) {
            if (names.contains(info.file())) {
                replaced.add(info.digest());
            } else {
                wanted.putIfAbsent(info.digest(), info);
            }
        }
        replaced.removeAll(wanted.keySet());
        present.forEach((digest, bundle) -> {
            if (!replaced.contains(digest)) {
                wanted.computeIfAbsent(digest, key -> info(digest, bundle));
            }
        });
        coming.forEach(jar -> wanted.put(jar.digest(), jar));
        Selection selection = Selection.among(wanted.values(), store.shipped().all());
        return new Foresight(
                present.entrySet().stream()
                        .filter(one -> !selection.chosen().containsKey(one.getKey()))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.toSet()),
                coming.stream()
                        .filter(jar -> selection.waiting().containsKey(jar.digest()))
                        .map(jar -> jar.file() + " would wait: "
                                + selection.waiting().get(jar.digest()))
                        .distinct()
                        .toList());
    }

    private static List<PluginInfo> inUse(Catalogue.State known, PluginList list) {
        return list.list().stream()
                .filter(info -> info.kind() == Kind.PLUGIN || info.kind() == Kind.LIBRARY)
                .filter(info -> known.selection().chosen().containsKey(info.digest())
                        || known.selection().waiting().containsKey(info.digest()))
                .toList();
    }

    /** Of one that nobody staged, as where nothing runs. */
    private static PluginInfo info(String digest, Bundle bundle) {
        List<String> provides = ShippedPlugin.provided(bundle.getHeaders("").get(Constants.PROVIDE_CAPABILITY));
        String name = WhatIfContext.name(bundle);
        return new PluginInfo(
                name,
                digest,
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                provides.isEmpty() ? Kind.LIBRARY : Kind.PLUGIN,
                State.ACTIVE,
                "",
                provides,
                List.of(),
                List.of(),
                "",
                name);
    }
}
