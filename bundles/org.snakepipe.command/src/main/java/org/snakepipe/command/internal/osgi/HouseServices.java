// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.osgi;

import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.WatchSource;
import org.snakepipe.verbs.Services;

/** The services of the running house, each of which may come and go. */
@Component(service = Services.class)
public final class HouseServices implements Services {
    private final BundleContext context;

    @Reference(name = "config", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile ConfigManager config;

    @Reference(name = "pipelines", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Pipelines pipelines;

    @Reference(name = "plugins", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile PluginManager plugins;

    @Reference(name = "watch", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile WatchSource watch;

    /**
     * For SCR.
     *
     * @param context of this bundle
     */
    @Activate
    public HouseServices(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<ConfigManager> config() {
        return Optional.ofNullable(config);
    }

    @Override
    public Optional<Pipelines> pipelines() {
        return Optional.ofNullable(pipelines);
    }

    @Override
    public Optional<PluginManager> plugins() {
        return Optional.ofNullable(plugins);
    }

    @Override
    public Optional<WatchSource> watch() {
        return Optional.ofNullable(watch);
    }

    @Override
    public String property(String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }
}
