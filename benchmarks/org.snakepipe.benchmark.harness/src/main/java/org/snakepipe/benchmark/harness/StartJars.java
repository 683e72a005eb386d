// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes plugins that tell when they start. Any framework starts them. */
final class StartJars {
    private static final String ACTIVATOR = "org.snakepipe.benchmark.managed.internal.StartActivator";
    private static final String ENTRY = ACTIVATOR.replace('.', '/') + ".class";

    private final byte[] activator;

    /** @param bundles where the bundle lies that has the class */
    StartJars(Path bundles) throws IOException {
        try (JarFile jar = new JarFile(
                bundles.resolve("org.snakepipe.benchmark.managed.jar").toFile())) {
            activator = jar.getInputStream(jar.getEntry(ENTRY)).readAllBytes();
        }
    }

    /** A plugin. @param needs a package that it imports; empty for none */
    byte[] plugin(String name, String version, String needs) throws IOException {
        Manifest manifest = manifest(name, version);
        Attributes headers = manifest.getMainAttributes();
        headers.putValue("Provide-Capability", "org.snakepipe.plugin;kind=sink;name=" + name);
        headers.putValue("Import-Package", "org.osgi.framework" + (needs.isEmpty() ? "" : "," + needs));
        headers.putValue("Bundle-Activator", ACTIVATOR);
        return jar(manifest);
    }

    /** A library with a package of its name. @param needs a package that it imports; empty for none */
    byte[] library(String name, String needs) throws IOException {
        Manifest manifest = manifest(name, "1.0.0");
        manifest.getMainAttributes().putValue("Export-Package", name);
        if (!needs.isEmpty()) {
            manifest.getMainAttributes().putValue("Import-Package", needs);
        }
        return jar(manifest);
    }

    private static Manifest manifest(String name, String version) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", version);
        return manifest;
    }

    private byte[] jar(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry(ENTRY));
            jar.write(activator);
        }
        return bytes.toByteArray();
    }
}
