// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.Map;

/**
 * Chooses, and remembers the last choice: a change of a configuration asks several times for the jars that were chosen already.
 * Thread-safe.
 */
public final class Selections {
    private volatile Last last = new Last(Map.of(), null, new Selection(Map.of(), Map.of()));

    /** The last choice, and from what it was made. */
    private record Last(Map<PluginJar, String> wanted, Map<?, ShippedPlugin> shipped, Selection selection) {}

    /**
     * Chooses.
     *
     * @param wanted  jar to name of file
     * @param shipped what came with the product; the same object for as long as it is the same
     * @return as {@link Selection#of}
     */
    public Selection of(Map<PluginJar, String> wanted, Map<?, ShippedPlugin> shipped) {
        Last before = last;
        if (before.shipped == shipped && before.wanted.equals(wanted)) {
            return before.selection;
        }
        Selection selection = Selection.of(wanted, shipped.values());
        last = new Last(Map.copyOf(wanted), shipped, selection);
        return selection;
    }
}
