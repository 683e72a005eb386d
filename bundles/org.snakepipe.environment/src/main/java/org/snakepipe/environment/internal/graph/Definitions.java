// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import org.snakepipe.environment.internal.format.CfgFile;
import org.snakepipe.environment.internal.source.ConfigTree;
import org.snakepipe.environment.internal.source.Place;

/** Finds where an environment is described. */
final class Definitions {
    private Definitions() {}

    static Definition read(ConfigTree tree, String name) {
        Place place = tree.descriptions().get(name);
        if (place == null) {
            return Definition.plain(name);
        }
        CfgFile file = tree.parse(place);
        return Definition.of(name, file.values(), file.problems(), file.isReadable());
    }
}
