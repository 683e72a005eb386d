// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.plugins.internal.ShippedPlugin;
import org.snakepipe.schema.MetatypeException;
import org.snakepipe.schema.MetatypeReader;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;

/**
 * The bundles that came with the product, and what their Metatype says. Only entries are read: nothing is resolved and no
 * class is loaded. Each bundle is read once, and again after an update. Thread-safe.
 */
final class ShippedBundles {
    private static final Logger LOG = LoggerFactory.getLogger(ShippedBundles.class);
    private static final String METATYPE = "OSGI-INF/metatype";

    private final BundleContext context;
    private final Map<Long, Read> read = new ConcurrentHashMap<>();
    private volatile Sorted sorted = new Sorted(Map.of(), Map.of());

    ShippedBundles(BundleContext context) {
        this.context = context;
    }

    /** What was read, and when the bundle had last changed then. */
    private record Read(long lastModified, ShippedPlugin plugin) {}

    /** What was found the last time. @param lastModified bundle to when it had last changed then */
    private record Sorted(Map<Bundle, Long> lastModified, Map<Bundle, ShippedPlugin> bundles) {}

    /** All of them, by symbolic name. */
    Collection<ShippedPlugin> all() {
        return bundles().values();
    }

    /**
     * Bundle to what it is, by symbolic name. The same object until one of them has come, gone or changed: every change of a
     * configuration asks several times.
     */
    Map<Bundle, ShippedPlugin> bundles() {
        Map<Bundle, Long> present = new LinkedHashMap<>();
        for (Bundle bundle : context.getBundles()) {
            boolean system = bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID;
            if (!system && bundle.getSymbolicName() != null && !PluginBundles.isPlugin(bundle)) {
                present.put(bundle, bundle.getLastModified());
            }
        }
        Sorted before = sorted;
        if (before.lastModified.equals(present)) {
            return before.bundles;
        }
        Map<Bundle, ShippedPlugin> found =
                new TreeMap<>(Comparator.comparing(Bundle::getSymbolicName).thenComparing(Bundle::getBundleId));
        present.forEach((bundle, lastModified) -> found.put(bundle, of(bundle, lastModified)));
        Sorted now = new Sorted(present, Collections.unmodifiableMap(found));
        sorted = now;
        return now.bundles;
    }

    private ShippedPlugin of(Bundle bundle, long lastModified) {
        return read.compute(
                        bundle.getBundleId(),
                        (id, known) -> known != null && known.lastModified() == lastModified
                                ? known
                                : new Read(lastModified, read(bundle)))
                .plugin();
    }

    private static ShippedPlugin read(Bundle bundle) {
        return new ShippedPlugin(
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                plugins(bundle, ShippedPlugin::provided),
                schemas(bundle),
                new RuleSource(
                        bundle.getSymbolicName(), plugins(bundle, RuleSource::named), path -> entry(bundle, path)));
    }

    private static Optional<byte[]> entry(Bundle bundle, String path) throws IOException {
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = entry.openStream()) {
            return Optional.of(in.readAllBytes());
        }
    }

    private static List<String> plugins(Bundle bundle, Function<String, List<String>> read) {
        try {
            return read.apply(bundle.getHeaders("").get(Constants.PROVIDE_CAPABILITY));
        } catch (IllegalArgumentException e) {
            LOG.debug("Capabilities of {} cannot be read; it is taken for no plugin", bundle, e);
            return List.of();
        }
    }

    private static List<Schema> schemas(Bundle bundle) {
        List<Schema> schemas = new ArrayList<>();
        Enumeration<String> paths = bundle.getEntryPaths(METATYPE);
        for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
            URL entry = path.endsWith(".xml") ? bundle.getEntry(path) : null;
            if (entry != null) {
                schemas.addAll(schemas(bundle, path, entry));
            }
        }
        return schemas;
    }

    /** A third party's Metatype that cannot be read makes its PIDs unknown, as if it had none. */
    private static Collection<Schema> schemas(Bundle bundle, String path, URL entry) {
        try (InputStream in = entry.openStream()) {
            return MetatypeReader.read(in, bundle.getSymbolicName() + "/" + path);
        } catch (MetatypeException | IOException e) {
            LOG.debug("Metatype {} of {} cannot be read; its PIDs are unknown", path, bundle, e);
            return List.of();
        }
    }
}
