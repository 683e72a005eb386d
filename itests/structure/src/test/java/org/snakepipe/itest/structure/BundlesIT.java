// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What manifests of our bundles must not say. */
class BundlesIT {
    private static final Rule WIRING =
            Rule.ofTheHouse(9, "what a bundle needs it imports, each package by name, and it does not start without");

    private static final Rule INSIDE = Rule.ofTheHouse(10, "a jar holds classes of ours, and no other jar");

    @Test
    void nothingIsImportedThatMayBeMissing() throws IOException {
        List<String> breaches = new ArrayList<>();
        for (Path jar : Shipped.JARS.values()) {
            for (String header : List.of("DynamicImport-Package", "Require-Bundle")) {
                if (!Manifests.header(jar, header).isEmpty()) {
                    breaches.add(jar.getFileName() + " says " + header + ": " + Manifests.header(jar, header));
                }
            }
            if (Manifests.header(jar, "Import-Package").contains("resolution:=")) {
                breaches.add(jar.getFileName() + " has an import that may be missing (resolution:=)");
            }
        }
        WIRING.isHeld(breaches);
    }

    @Test
    void noJarIsInsideAJar() throws IOException {
        List<String> breaches = new ArrayList<>();
        for (Path jar : Shipped.JARS.values()) {
            if (!Manifests.header(jar, "Bundle-ClassPath").isEmpty()) {
                breaches.add(jar.getFileName() + " says Bundle-ClassPath");
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream()
                        .map(JarEntry::getName)
                        .filter(name ->
                                name.endsWith(".jar") || name.endsWith(".class") && !name.startsWith("org/snakepipe/"))
                        .forEach(name -> breaches.add(jar.getFileName() + " holds " + name));
            }
        }
        INSIDE.isHeld(breaches);
    }
}
