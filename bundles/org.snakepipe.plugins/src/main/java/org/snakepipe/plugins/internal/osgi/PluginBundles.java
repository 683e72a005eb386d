// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.snakepipe.control.House;

/**
 * The dropped jars in the framework, each at a location that says its digest. One content can be installed more than once,
 * at {@code snakepipe:plugin/SHA256} and {@code snakepipe:plugin/SHA256#1}: the second copy is there to be wired differently.
 */
final class PluginBundles {
    private static final char COPY = '#';

    private final BundleContext context;

    /** Bundles that did not come to an end when they were to go. They are no longer counted among those that are there. */
    private final Set<Bundle> givenUp = ConcurrentHashMap.newKeySet();

    PluginBundles(BundleContext context) {
        this.context = context;
    }

    static boolean isPlugin(Bundle bundle) {
        return bundle.getLocation().startsWith(House.PLUGIN_LOCATION);
    }

    static String digest(Bundle bundle) {
        String digest = bundle.getLocation().substring(House.PLUGIN_LOCATION.length());
        int copy = digest.indexOf(COPY);
        return copy < 0 ? digest : digest.substring(0, copy);
    }

    /** Digest to bundle, of all that are installed. */
    Map<String, Bundle> present() {
        Map<String, Bundle> present = new LinkedHashMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (isPlugin(bundle) && !givenUp.contains(bundle)) {
                present.put(digest(bundle), bundle);
            }
        }
        return present;
    }

    /** Installs one more bundle with this content. */
    Bundle install(String digest, Path jar) throws IOException, BundleException {
        String location = House.PLUGIN_LOCATION + digest;
        for (int copy = 1; context.getBundle(location) != null; copy++) {
            location = House.PLUGIN_LOCATION + digest + COPY + copy;
        }
        try (InputStream in = Files.newInputStream(jar)) {
            return context.installBundle(location, in);
        }
    }

    void giveUp(Bundle bundle) {
        givenUp.add(bundle);
    }

    boolean isGivenUp(Bundle bundle) {
        return givenUp.contains(bundle);
    }

    FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
    }

    List<Bundle> all() {
        return List.of(context.getBundles());
    }

    /**
     * In the order in which bundles can go so that nobody loses a provider: importers before those they import from. Of those
     * that import from each other, any order is as good.
     */
    static List<PluginBundle> importersFirst(Collection<PluginBundle> bundles) {
        List<PluginBundle> given = List.copyOf(bundles);
        Map<Bundle, Integer> numbers = new HashMap<>();
        SortedSet<Integer> remaining = new TreeSet<>();
        for (int number = 0; number < given.size(); number++) {
            numbers.put(given.get(number).bundle(), number);
            remaining.add(number);
        }
        List<Set<Integer>> providers = new ArrayList<>();
        int[] importers = new int[given.size()];
        for (int number = 0; number < given.size(); number++) {
            Set<Integer> from = providers(given.get(number).bundle(), numbers);
            from.remove(number);
            from.forEach(provider -> importers[provider]++);
            providers.add(from);
        }
        SortedSet<Integer> free = new TreeSet<>(remaining);
        free.removeIf(number -> importers[number] > 0);
        List<PluginBundle> ordered = new ArrayList<>();
        while (!remaining.isEmpty()) {
            int next = free.isEmpty() ? remaining.first() : free.first();
            free.remove(next);
            remaining.remove(next);
            ordered.add(given.get(next));
            for (int provider : providers.get(next)) {
                importers[provider]--;
                if (importers[provider] == 0 && remaining.contains(provider)) {
                    free.add(provider);
                }
            }
        }
        return ordered;
    }

    /** The numbers of those that a bundle is wired to. */
    private static Set<Integer> providers(Bundle importer, Map<Bundle, Integer> numbers) {
        Set<Integer> providers = new TreeSet<>();
        BundleWiring wiring = importer.adapt(BundleWiring.class);
        if (wiring != null) {
            for (BundleWire wire : wiring.getRequiredWires(null)) {
                Integer number = wire.getProviderWiring() == null
                        ? null
                        : numbers.get(wire.getProviderWiring().getBundle());
                if (number != null) {
                    providers.add(number);
                }
            }
        }
        return providers;
    }
}
