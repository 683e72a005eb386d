// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginCheck;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.PluginVersion;
import org.snakepipe.plugins.internal.Catalogue;
import org.snakepipe.plugins.internal.PluginJar;
import org.snakepipe.plugins.internal.Selection;
import org.snakepipe.plugins.internal.ShippedPlugin;

/** Moves jars into the framework and out of it. */
@Component
public final class PluginInstaller implements Installer {
    /** A pipeline that drains has ended by then; what has not is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PluginStore store;
    private final ReplacementHook hook = new ReplacementHook();
    private final Duration patience;
    private final ServiceRegistration<ResolverHookFactory> registration;
    private final BundleContext context;
    private volatile ShippedChecks shippedChecks;

    /** What the bundles of the product check. @param shipped the same object for as long as they are the same */
    private record ShippedChecks(Map<Bundle, ShippedPlugin> shipped, List<PluginCheck> checks) {}

    /**
     * Makes the hook known that lets bundles be resolved beside each other. By hand, as the framework asks for it while it
     * resolves: then a component must not have to be activated.
     *
     * @param store   what is known about jars
     * @param context of this room
     */
    @Activate
    public PluginInstaller(@Reference(name = "store") PluginStore store, BundleContext context) {
        this(store, context, PATIENCE);
    }

    PluginInstaller(PluginStore store, BundleContext context, Duration patience) {
        this.store = store;
        this.context = context;
        this.patience = patience;
        this.registration = context.registerService(ResolverHookFactory.class, hook, null);
    }

    /** Takes the hook back. What was installed stays. */
    @Deactivate
    public void close() {
        registration.unregister();
    }

    @Override
    public PluginInfo stage(String file, FileContent content) throws PluginRejected {
        PluginJar jar = store.jars().stage(file, content);
        boolean active = store.catalogue().isUsed(jar.digest());
        String source = store.deploy().resolve(file).toString();
        return active
                ? jar.info(file, source, State.ACTIVE, "")
                : jar.info(file, source, State.WAITING, Catalogue.NOT_YET);
    }

    @Override
    public PluginChange prepare(Map<String, String> wanted) throws PluginRejected {
        Selection selection = store.choose(store.jars().require(wanted));
        Preparation.Prepared prepared = new Preparation(store.jars(), store.bundles(), hook).prepare(selection);
        return new BundleChange(prepared, store.bundles(), store.jars(), patience);
    }

    @Override
    public void rejected(String file, String digest, String reason) {
        store.catalogue().reject(file, digest, reason);
    }

    @Override
    public void retain(Set<String> present) {
        store.catalogue().retainFiles(present);
    }

    @Override
    public void keep(Set<String> digests) {
        store.jars().keep(digests);
    }

    @Override
    public List<PluginCheck> checks(Set<String> digests) {
        List<PluginCheck> checks = new ArrayList<>(shippedChecks());
        store.bundles().present().forEach((digest, bundle) -> {
            if (digests.contains(digest)) {
                checks.addAll(BundleChecks.of(bundle, digest));
            }
        });
        return checks;
    }

    private List<PluginCheck> shippedChecks() {
        Map<Bundle, ShippedPlugin> shipped = store.shipped().bundles();
        ShippedChecks known = shippedChecks;
        if (known == null || known.shipped != shipped) {
            known = new ShippedChecks(
                    shipped,
                    shipped.keySet().stream()
                            .flatMap(bundle -> BundleChecks.of(bundle, "").stream())
                            .toList());
            shippedChecks = known;
        }
        return known.checks;
    }

    @Override
    public Map<String, String> stopped() {
        return StoppedPlugins.among(context.getBundles());
    }

    @Override
    public List<PluginVersion> versions(Set<String> digests) {
        List<PluginVersion> versions = new ArrayList<>();
        store.shipped().bundles().keySet().forEach(bundle -> versions.addAll(BundleChecks.versions(bundle)));
        store.bundles().present().forEach((digest, bundle) -> {
            if (digests.contains(digest)) {
                versions.addAll(BundleChecks.versions(bundle));
            }
        });
        return versions;
    }
}
