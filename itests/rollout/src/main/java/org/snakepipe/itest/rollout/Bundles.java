// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;

/** Makes jars in memory, header by header and entry by entry. */
final class Bundles {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A bundle without content. */
    static Bundles library(String symbolicName, String version) {
        return new Bundles()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", version);
    }

    /** A bundle that calls itself a plugin: a sink of its own name. */
    static Bundles plugin(String symbolicName, String version) {
        return library(symbolicName, version)
                .header("Provide-Capability", "org.snakepipe.plugin;kind=sink;name=" + symbolicName);
    }

    Bundles header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Bundles entry(String name, byte... bytes) {
        entries.put(name, bytes.clone());
        return this;
    }

    /** Starts with an activator of this bundle, of which it gets the class file. */
    Bundles activator(Class<? extends BundleActivator> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream("/" + file)) {
            return header("Bundle-Activator", type.getName())
                    .header("Import-Package", "org.osgi.framework")
                    .entry(file, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] jar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
