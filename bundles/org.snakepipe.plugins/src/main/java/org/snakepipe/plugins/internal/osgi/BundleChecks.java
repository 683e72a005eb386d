// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.snakepipe.api.config.ConfigCheck;
import org.snakepipe.api.plugin.Plugin;
import org.snakepipe.control.House;
import org.snakepipe.control.PluginCheck;

/** The checks that the plugin capabilities of a bundle name. The bundle has to be resolved before one is made. */
final class BundleChecks {
    private BundleChecks() {}

    /** @param digest of a dropped one; empty for a shipped one */
    static List<PluginCheck> of(Bundle bundle, String digest) {
        List<PluginCheck> checks = new ArrayList<>();
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return checks;
        }
        for (BundleCapability capability : revision.getDeclaredCapabilities(Plugin.NAMESPACE)) {
            Map<String, Object> attributes = capability.getAttributes();
            if (attributes.get("checks") instanceof List<?> names) {
                names.stream()
                        .map(String::valueOf)
                        .filter(name -> !name.isBlank())
                        .forEach(name -> checks.add(new PluginCheck(
                                pid(attributes), bundle.getSymbolicName(), digest, () -> construct(bundle, name))));
            }
        }
        return checks;
    }

    private static String pid(Map<String, Object> attributes) {
        String kind = String.valueOf(attributes.get("kind"));
        String name = String.valueOf(attributes.get("name"));
        return House.PID_PREFIX + (kind.equals(Plugin.Kind.resource.name()) ? "" : kind + ".") + name;
    }

    private static ConfigCheck construct(Bundle bundle, String name) throws ReflectiveOperationException {
        return bundle.loadClass(name)
                .asSubclass(ConfigCheck.class)
                .getConstructor()
                .newInstance();
    }
}
