// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.Objects;

/**
 * What would come of registering jars, found out without installing any. Immutable.
 *
 * @param plugins  the jars that were asked about
 * @param verdict  what would come of it
 * @param missing  jars of the directories that would have to be taken along; only for {@link Verdict#FITS_WITH}
 * @param rewired  bundles that stay and would be installed a second time, as they use what is replaced: name and version
 * @param replaced bundles that would go: name and version
 * @param reasons  sentences for people: what is missing, what is there instead, where it would come from; empty when it fits
 */
public record PluginAnalysis(
        List<PluginInfo> plugins,
        Verdict verdict,
        List<PluginInfo> missing,
        List<String> rewired,
        List<String> replaced,
        List<String> reasons) {
    /** What would come of it. */
    public enum Verdict {
        /** They resolve with what is there. */
        FITS,
        /** They resolve when other jars of the directories are taken along. */
        FITS_WITH,
        /** They do not resolve, or are no bundles. */
        UNFIT,
        /** They would rewire bundles of the product, which needs a restart. */
        REFUSED
    }

    /** Copies the lists. */
    public PluginAnalysis {
        Objects.requireNonNull(verdict, "verdict");
        plugins = List.copyOf(plugins);
        missing = List.copyOf(missing);
        rewired = List.copyOf(rewired);
        replaced = List.copyOf(replaced);
        reasons = List.copyOf(reasons);
    }
}
