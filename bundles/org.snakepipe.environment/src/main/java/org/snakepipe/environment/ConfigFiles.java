// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import org.snakepipe.environment.internal.graph.EnvironmentGraph;
import org.snakepipe.environment.internal.source.ConfigTree;

/**
 * A configuration directory as it is at one moment, for one or many resolutions. Made by {@link EnvironmentManager#read}, and
 * good for the manager that made it. Files are read when an environment needs them.
 */
public final class ConfigFiles {
    private final ConfigTree tree;
    private final EnvironmentGraph graph;

    private ConfigFiles(ConfigTree tree, EnvironmentGraph graph) {
        this.tree = tree;
        this.graph = graph;
    }

    static ConfigFiles empty() {
        ConfigTree tree = ConfigTree.empty();
        return new ConfigFiles(tree, EnvironmentGraph.of(tree));
    }

    /** Another directory; environments that nobody described anew are not looked at again. */
    ConfigFiles with(ConfigTree now) {
        if (now == tree) {
            return this;
        }
        boolean same = now.descriptions() == tree.descriptions();
        return new ConfigFiles(now, same ? graph : EnvironmentGraph.of(now));
    }

    ConfigTree tree() {
        return tree;
    }

    EnvironmentGraph graph() {
        return graph;
    }
}
