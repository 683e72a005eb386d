// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.List;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;

/**
 * A bundle that came with the product. Immutable.
 *
 * @param symbolicName its Bundle-SymbolicName
 * @param version      its Bundle-Version
 * @param provides     {@code kind name} of each plugin capability; empty when it is none
 * @param schemas      one for each PID that its Metatype describes
 * @param rules        what it checks beside
 */
public record ShippedPlugin(
        String symbolicName, String version, List<String> provides, List<Schema> schemas, RuleSource rules) {
    /** Copies the lists. */
    public ShippedPlugin {
        provides = List.copyOf(provides);
        schemas = List.copyOf(schemas);
    }

    /**
     * The names of the plugins in a bundle.
     *
     * @param provideCapability its header; {@code null} when there is none
     * @throws IllegalArgumentException if the header is not well formed
     */
    public static List<String> provided(String provideCapability) {
        return BundleManifest.provided(provideCapability);
    }

    /**
     * What people read about it.
     *
     * @param file   name of its jar
     * @param source where it came from
     */
    public PluginInfo info(String file, String source, State state, String reason) {
        return new PluginInfo(
                file,
                "",
                symbolicName,
                version,
                Kind.SHIPPED,
                state,
                reason,
                provides,
                PluginJar.pids(schemas),
                List.of(),
                "",
                source);
    }

    /** Symbolic name and version, as in {@code org.example.sink 1.2.0}. */
    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
