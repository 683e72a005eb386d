// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.command.internal.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.WatchSource;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.verbs.Services;
import org.snakepipe.verbs.Workspace;

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

    @Reference(name = "schemas", cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile SchemaSource schemas;

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
    public Workspace workspace() {
        SchemaSource known = schemas;
        if (known == null) {
            throw new IllegalStateException("what the plugins know is not there at the moment");
        }
        Path directory = Path.of(property(House.CONFIG));
        try {
            return Workspace.read(directory, new Staged(known), Surroundings.offlineWithLocal(System.getenv()));
        } catch (IOException e) {
            throw new IllegalStateException(directory + " cannot be read: " + e, e);
        }
    }

    /** The schemas of the plugins that are in use. */
    private final class Staged implements SchemaSource {
        private final SchemaSource all;
        private final Set<String> inUse;

        Staged(SchemaSource all) {
            this.all = all;
            inUse = plugins().map(PluginManager::list).orElse(List.of()).stream()
                    .filter(plugin -> plugin.state() != PluginInfo.State.FAILED)
                    .map(PluginInfo::digest)
                    .filter(digest -> !digest.isEmpty())
                    .collect(Collectors.toSet());
        }

        @Override
        public Collection<Schema> schemas(Set<String> digests) {
            return all.schemas(inUse);
        }

        @Override
        public Collection<RuleSource> rules(Set<String> digests) {
            return all.rules(inUse);
        }
    }

    @Override
    public String property(String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }
}
