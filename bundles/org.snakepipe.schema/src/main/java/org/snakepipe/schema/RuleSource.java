// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.snakepipe.schema.internal.rule.LoadedRule;

/**
 * The rules of one bundle. They are loaded when they run for the first time, by a loader that sees the content of the bundle,
 * the API, and {@code java.*}; who lets go of this lets go of the loader. Thread-safe.
 */
public final class RuleSource {
    /** Of a plugin, and of a bundle with rules that is none. */
    private static final Set<String> CAPABILITIES = Set.of("org.snakepipe.plugin", "org.snakepipe.rules");

    private final String bundle;
    private final List<LoadedRule> rules;

    /** Reads the content of a bundle. From any thread. */
    @FunctionalInterface
    public interface Entries {
        /**
         * Reads an entry.
         *
         * @param path for example {@code org/example/Rule.class}
         * @return its bytes; empty when the bundle has no such entry
         * @throws IOException if it cannot be read
         */
        Optional<byte[]> read(String path) throws IOException;
    }

    /**
     * Rules, not yet loaded.
     *
     * @param bundle  what to call it in messages
     * @param classes names of classes that implement {@code org.snakepipe.api.config.ConfigRule}
     * @param entries reads the bundle
     */
    public RuleSource(String bundle, List<String> classes, Entries entries) {
        this.bundle = Objects.requireNonNull(bundle, "bundle");
        rules = LoadedRule.all(classes, entries);
    }

    /**
     * The rules that the plugins in a jar name. The jar is opened again when they are loaded.
     *
     * @param jar the jar; not closed
     * @return its rules; empty when it names none
     * @throws IOException              if the manifest cannot be read
     * @throws IllegalArgumentException if its header is not well formed
     */
    public static RuleSource readJar(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        String header = manifest == null ? null : manifest.getMainAttributes().getValue("Provide-Capability");
        Path path = Path.of(jar.getName());
        return new RuleSource(path.getFileName().toString(), named(header), name -> entry(path, name));
    }

    /**
     * The rules that are named by the capabilities of plugins, and of bundles of the product ({@code org.snakepipe.rules}).
     *
     * @param provideCapability the header of a manifest; {@code null} when there is none
     * @return class names, each once
     * @throws IllegalArgumentException if the header is not well formed
     */
    public static List<String> named(String provideCapability) {
        return HeaderClause.parse(provideCapability).stream()
                .filter(clause -> clause.paths().stream().anyMatch(CAPABILITIES::contains))
                .flatMap(clause ->
                        Stream.of(clause.attributes().getOrDefault("rules", "").split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<byte[]> entry(Path path, String name) throws IOException {
        try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ)) {
            JarEntry entry = jar.getJarEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return Optional.of(in.readAllBytes());
            }
        }
    }

    /**
     * The bundle.
     *
     * @return its name
     */
    public String bundle() {
        return bundle;
    }

    /**
     * Tells whether there is nothing to run.
     *
     * @return {@code true} when the bundle has no rules
     */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    List<LoadedRule> rules() {
        return rules;
    }
}
