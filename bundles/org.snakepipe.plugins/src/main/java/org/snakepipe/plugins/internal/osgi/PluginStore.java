// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.snakepipe.control.House;
import org.snakepipe.plugins.internal.Catalogue;
import org.snakepipe.plugins.internal.Discovery;
import org.snakepipe.plugins.internal.JarStore;
import org.snakepipe.plugins.internal.PluginJar;
import org.snakepipe.plugins.internal.Selection;
import org.snakepipe.plugins.internal.Selections;

/**
 * What the services of this room share. Nobody else can use it: its package is not exported. Immediate, so that what it
 * knows is not forgotten when for a moment nobody uses it.
 */
@Component(service = PluginStore.class, immediate = true)
public final class PluginStore {
    private final Catalogue catalogue = new Catalogue();
    private final JarStore jars;
    private final ShippedBundles shipped;
    private final Selections selections = new Selections();
    private final PluginBundles bundles;
    private final Path deploy;
    private final Discovery discovery;

    /**
     * For this runtime.
     *
     * @param context knows where the data directory is, and all bundles
     */
    @Activate
    public PluginStore(BundleContext context) {
        String data = Objects.requireNonNull(context.getProperty(House.DATA), House.DATA + " is not set");
        jars = new JarStore(Path.of(data, "plugins"), Runtime.version().feature(), catalogue);
        String version = Objects.requireNonNullElse(context.getProperty(House.VERSION), "unknown");
        discovery = new Discovery(
                Path.of(data, "plugins", "discovered.index"),
                version,
                Runtime.version().feature(),
                JarResource::checked);
        deploy = Path.of(Objects.requireNonNull(context.getProperty(House.DEPLOY), House.DEPLOY + " is not set"));
        shipped = new ShippedBundles(context);
        bundles = new PluginBundles(context);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    JarStore jars() {
        return jars;
    }

    ShippedBundles shipped() {
        return shipped;
    }

    /** Which of these jars can be there together, beside what is shipped. @param wanted jar to name of file */
    Selection choose(Map<PluginJar, String> wanted) {
        return selections.of(wanted, shipped.bundles());
    }

    Discovery discovery() {
        return discovery;
    }

    PluginBundles bundles() {
        return bundles;
    }

    /** The directory that plugins are dropped into. */
    Path deploy() {
        return deploy;
    }
}
