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

    ConfigFiles(ConfigTree tree) {
        this.tree = tree;
        this.graph = EnvironmentGraph.of(tree);
    }

    ConfigTree tree() {
        return tree;
    }

    EnvironmentGraph graph() {
        return graph;
    }
}
