// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.snakepipe.api.config.ConfigCheck;
import org.snakepipe.api.config.ConfigMigration;
import org.snakepipe.api.plugin.Plugin;
import org.snakepipe.control.House;
import org.snakepipe.control.PluginCheck;
import org.snakepipe.control.PluginVersion;

/** What the plugin capabilities of a bundle name. The bundle has to be resolved before one is made. */
final class BundleChecks {
    private BundleChecks() {}

    /** @param digest of a dropped one; empty for a shipped one */
    static List<PluginCheck> of(Bundle bundle, String digest) {
        List<PluginCheck> checks = new ArrayList<>();
        for (Map<String, Object> attributes : capabilities(bundle)) {
            names(attributes, "checks")
                    .forEach(name -> checks.add(new PluginCheck(
                            pid(attributes),
                            bundle.getSymbolicName(),
                            digest,
                            () -> construct(bundle, name, ConfigCheck.class))));
        }
        return checks;
    }

    /** One for each plugin of the bundle. */
    static List<PluginVersion> versions(Bundle bundle) {
        List<PluginVersion> versions = new ArrayList<>();
        for (Map<String, Object> attributes : capabilities(bundle)) {
            List<Callable<ConfigMigration>> migrations = new ArrayList<>();
            names(attributes, "migrations")
                    .forEach(name -> migrations.add(() -> construct(bundle, name, ConfigMigration.class)));
            versions.add(new PluginVersion(pid(attributes), bundle.getVersion().toString(), migrations));
        }
        return versions;
    }

    /** Of what each of its plugins is configured with. */
    static List<String> pids(Bundle bundle) {
        return capabilities(bundle).stream().map(BundleChecks::pid).toList();
    }

    private static List<Map<String, Object>> capabilities(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? List.of()
                : revision.getDeclaredCapabilities(Plugin.NAMESPACE).stream()
                        .map(BundleCapability::getAttributes)
                        .toList();
    }

    private static List<String> names(Map<String, Object> attributes, String attribute) {
        return attributes.get(attribute) instanceof List<?> names
                ? names.stream()
                        .map(String::valueOf)
                        .filter(name -> !name.isBlank())
                        .toList()
                : List.of();
    }

    private static String pid(Map<String, Object> attributes) {
        String kind = String.valueOf(attributes.get("kind"));
        String name = String.valueOf(attributes.get("name"));
        return House.PID_PREFIX + (kind.equals(Plugin.Kind.resource.name()) ? "" : kind + ".") + name;
    }

    private static <T> T construct(Bundle bundle, String name, Class<T> type) throws ReflectiveOperationException {
        return bundle.loadClass(name).asSubclass(type).getConstructor().newInstance();
    }
}
