// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.snakepipe.api.plugin.Plugin;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.schema.HeaderClause;
import org.snakepipe.schema.RuleSource;

/**
 * What the manifest of a bundle says, as far as it matters here. Immutable.
 *
 * @param symbolicName   its Bundle-SymbolicName
 * @param version        its Bundle-Version
 * @param provides       {@code kind name} of each plugin capability; empty for a library
 * @param definitions    class names of the definition components that these capabilities name
 * @param rules          class names of the rules that these capabilities name
 * @param exports        names of the packages it exports
 * @param componentFiles entries with component descriptions, as in Service-Component; may have a {@code *} in the last part
 * @param wiring         name to value of the headers by which a framework resolves it
 */
record BundleManifest(
        String symbolicName,
        BundleVersion version,
        List<String> provides,
        List<String> definitions,
        List<String> rules,
        List<String> exports,
        List<String> componentFiles,
        Map<String, String> wiring) {
    /** Those that are made of clauses. */
    private static final List<String> CLAUSES = List.of(
            "Bundle-SymbolicName",
            "Bundle-ActivationPolicy",
            "Import-Package",
            "Export-Package",
            "DynamicImport-Package",
            "Require-Bundle",
            "Require-Capability",
            "Provide-Capability",
            "Service-Component");

    private static final List<String> OTHERS =
            List.of("Bundle-Version", "Bundle-NativeCode", "Bundle-RequiredExecutionEnvironment");
    private static final String CODE = "plugin.manifest";
    private static final String NO_BUNDLE = "; wrap it with bnd or ask its author for an OSGi bundle";

    BundleManifest {
        provides = List.copyOf(provides);
        definitions = List.copyOf(definitions);
        rules = List.copyOf(rules);
        exports = List.copyOf(exports);
        componentFiles = List.copyOf(componentFiles);
        wiring = Map.copyOf(wiring);
    }

    boolean isPlugin() {
        return !provides.isEmpty();
    }

    /**
     * Reads and checks a manifest.
     *
     * @param manifest {@code null} when the jar has none
     */
    static BundleManifest read(DroppedFile file, Manifest manifest) throws PluginRejected {
        if (manifest == null) {
            throw file.rejected(CODE, "is no bundle: it has no META-INF/MANIFEST.MF" + NO_BUNDLE, null);
        }
        Attributes headers = manifest.getMainAttributes();
        String name = headers.getValue("Bundle-SymbolicName");
        if (name == null) {
            throw file.rejected(CODE, "is no bundle: the manifest has no Bundle-SymbolicName" + NO_BUNDLE, null);
        }
        if (headers.getValue("Fragment-Host") != null) {
            throw file.rejected(
                    "plugin.fragment",
                    "is a fragment of " + headers.getValue("Fragment-Host")
                            + "; fragments are refused as plugins: put its content into the bundle itself",
                    null);
        }
        requireManifestVersion(file, headers.getValue("Bundle-ManifestVersion"));
        try {
            return parsed(headers);
        } catch (IllegalArgumentException e) {
            throw file.rejected(CODE, "has a manifest that cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireManifestVersion(DroppedFile file, String found) throws PluginRejected {
        if (found == null || !found.trim().equals("2")) {
            throw file.rejected(
                    CODE,
                    "is no bundle of today: Bundle-ManifestVersion is "
                            + (found == null ? "missing" : "'" + found + "'")
                            + " (allowed: 2); build it again with bnd",
                    null);
        }
    }

    private static BundleManifest parsed(Attributes headers) {
        CLAUSES.forEach(name -> requireClauses(name, headers.getValue(name)));
        List<HeaderClause> plugins = capabilities(headers.getValue("Provide-Capability"));
        plugins.forEach(BundleManifest::requireKindAndName);
        return new BundleManifest(
                symbolicName(headers.getValue("Bundle-SymbolicName")),
                version(headers.getValue("Bundle-Version")),
                plugins.stream().map(BundleManifest::provided).toList(),
                plugins.stream()
                        .map(clause -> clause.attributes().getOrDefault("component", ""))
                        .toList(),
                RuleSource.named(headers.getValue("Provide-Capability")),
                paths(headers.getValue("Export-Package")),
                paths(headers.getValue("Service-Component")),
                wiring(headers));
    }

    private static void requireClauses(String name, String header) {
        try {
            HeaderClause.parse(header);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * What the plugin capabilities among these name.
     *
     * @param provideCapability the header; {@code null} when there is none
     * @return {@code kind name} of each
     * @throws IllegalArgumentException if the header is not well formed
     */
    static List<String> provided(String provideCapability) {
        return capabilities(provideCapability).stream()
                .map(BundleManifest::provided)
                .toList();
    }

    private static String provided(HeaderClause capability) {
        return capability.attributes().getOrDefault("kind", "?") + " "
                + capability.attributes().getOrDefault("name", "?");
    }

    private static void requireKindAndName(HeaderClause capability) {
        String kind = capability.attributes().getOrDefault("kind", "");
        List<String> kinds = Stream.of(Plugin.Kind.values()).map(Enum::name).toList();
        if (!kinds.contains(kind)
                || capability.attributes().getOrDefault("name", "").isEmpty()) {
            throw new IllegalArgumentException("capability " + Plugin.NAMESPACE + " says '" + provided(capability)
                    + "' (allowed: kind, one of " + String.join(", ", kinds) + ", and name); annotate the definition "
                    + "with @Plugin");
        }
    }

    private static List<HeaderClause> capabilities(String provideCapability) {
        return HeaderClause.parse(provideCapability).stream()
                .filter(clause -> clause.paths().contains(Plugin.NAMESPACE))
                .toList();
    }

    /** What it does not resolve without, as far as the manifest says. */
    List<String> requirements() {
        return ManifestRequirements.of(wiring);
    }

    private static Map<String, String> wiring(Attributes headers) {
        Map<String, String> wiring = new HashMap<>();
        for (String name : Stream.concat(CLAUSES.stream(), OTHERS.stream()).toList()) {
            String value = headers.getValue(name);
            if (value != null) {
                wiring.put(name, value);
            }
        }
        ManifestRequirements.of(wiring);
        return wiring;
    }

    private static List<String> paths(String header) {
        List<String> paths = new ArrayList<>();
        HeaderClause.parse(header).forEach(clause -> paths.addAll(clause.paths()));
        return paths;
    }

    /** Whatever its characters: frameworks take more than the specification allows, a blank too. */
    private static String symbolicName(String header) {
        List<HeaderClause> clauses = HeaderClause.parse(header);
        if (clauses.size() != 1 || clauses.get(0).paths().size() != 1) {
            throw new IllegalArgumentException("Bundle-SymbolicName is '" + header + "' (allowed: one name)");
        }
        return clauses.get(0).paths().get(0);
    }

    private static BundleVersion version(String header) {
        if (header == null) {
            return BundleVersion.NONE;
        }
        try {
            return BundleVersion.parse(header);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Bundle-Version " + e.getMessage(), e);
        }
    }
}
