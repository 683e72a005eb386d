// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pf4j.JarPluginManager;
import org.pf4j.PluginManager;

/** PF4J: reads the manifests, orders the plugins, makes their class loaders. */
final class Pf4jScan implements Scan {
    @Override
    public String name() {
        return "PF4J";
    }

    @Override
    public String version() {
        return "3.15.0";
    }

    @Override
    public Map<String, byte[]> entries() {
        return Map.of();
    }

    @Override
    public int scan(Path root, List<Path> directories) {
        PluginManager manager = new JarPluginManager(directories.toArray(new Path[0]));
        manager.loadPlugins();
        int found = manager.getResolvedPlugins().size();
        manager.unloadPlugins();
        return found;
    }
}
