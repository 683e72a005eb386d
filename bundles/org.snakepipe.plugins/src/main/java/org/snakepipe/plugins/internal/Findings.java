// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;

/** Says of jars that were found what is there more than once, and which of them would be used. */
final class Findings {
    private Findings() {}

    /**
     * Looks for it.
     *
     * @param found sorted by file
     * @return the same, with the reason of those that another one makes superfluous
     */
    static List<FoundJar> among(Collection<FoundJar> found) {
        Map<String, PluginInfo> byDigest = new HashMap<>();
        Map<String, PluginInfo> byName = new HashMap<>();
        for (FoundJar jar : found) {
            if (jar.isUsable() && byDigest.putIfAbsent(jar.info().digest(), jar.info()) == null && isPlugin(jar)) {
                byName.merge(jar.info().symbolicName(), jar.info(), Findings::preferred);
            }
        }
        return found.stream()
                .map(jar -> jar.isUsable() ? looked(jar, byDigest, byName) : jar)
                .toList();
    }

    private static boolean isPlugin(FoundJar jar) {
        return jar.info().kind() == Kind.PLUGIN;
    }

    /** As {@link Selection} does: the higher version, and of equal ones the file that sorts last. */
    private static PluginInfo preferred(PluginInfo first, PluginInfo last) {
        return version(first).compareTo(version(last)) > 0 ? first : last;
    }

    private static BundleVersion version(PluginInfo info) {
        return BundleVersion.parse(info.version());
    }

    private static FoundJar looked(FoundJar jar, Map<String, PluginInfo> byDigest, Map<String, PluginInfo> byName) {
        PluginInfo info = jar.info();
        PluginInfo same = byDigest.get(info.digest());
        if (!same.file().equals(info.file())) {
            return jar.because("has the same content as " + same.file() + "; one of them is enough");
        }
        PluginInfo other = isPlugin(jar) ? byName.get(info.symbolicName()) : info;
        if (other.digest().equals(info.digest())) {
            return jar;
        }
        String which = version(other).equals(version(info)) ? "also " : "the newer ";
        return jar.because(other.file() + " is " + which + other.symbolicName() + " " + other.version()
                + ", and would be used in its place; register one of them");
    }
}
