// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.snakepipe.runtime.Home;
import org.snakepipe.schema.MetatypeException;
import org.snakepipe.schema.MetatypeReader;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;

/**
 * What the jars of the distribution say about configuration, those in plugins-available too.
 *
 * @param schemas PID to its schema
 * @param rules   of all jars
 */
record ShippedSchemas(Map<String, Schema> schemas, List<RuleSource> rules) {
    private static final Pattern RULES = Pattern.compile("rules(?::List<String>|:List)?=\"?([^\";]+)");

    static ShippedSchemas read() throws IOException, MetatypeException {
        ShippedSchemas all = new ShippedSchemas(new TreeMap<>(), new ArrayList<>());
        for (String directory : List.of("bundles", "plugins-available")) {
            try (Stream<Path> jars = Files.list(Home.INSTALLATION.resolve(directory))) {
                // Ours first: what the product says about a third party's PID goes before what that says.
                for (Path jar : jars.sorted((one, other) -> Boolean.compare(isOurs(other), isOurs(one)))
                        .toList()) {
                    all.add(jar);
                }
            }
        }
        return all;
    }

    private static boolean isOurs(Path jar) {
        return jar.getFileName().toString().startsWith("org.snakepipe.");
    }

    private void add(Path path) throws IOException, MetatypeException {
        try (JarFile jar = new JarFile(path.toFile())) {
            MetatypeReader.readJar(jar).forEach(schema -> schemas.putIfAbsent(schema.pid(), schema));
            String capabilities = jar.getManifest().getMainAttributes().getValue("Provide-Capability");
            RULES.matcher(Optional.ofNullable(capabilities).orElse(""))
                    .results()
                    .forEach(found -> rules.add(new RuleSource(
                            path.getFileName().toString(),
                            List.of(found.group(1).split(",")),
                            entry -> entry(path, entry))));
        }
    }

    private static Optional<byte[]> entry(Path path, String name) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            ZipEntry entry = jar.getEntry(name);
            return entry == null
                    ? Optional.empty()
                    : Optional.of(jar.getInputStream(entry).readAllBytes());
        }
    }
}
