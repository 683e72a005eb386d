// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.snakepipe.control.FileContent;

/** Builds a jar in memory, header by header and entry by entry. */
public final class JarBuilder {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A bundle without content. */
    public static JarBuilder bundle(String symbolicName, String version) {
        return new JarBuilder()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", version);
    }

    /** A bundle with one plugin capability. */
    public static JarBuilder plugin(String symbolicName, String version, String kind, String name) {
        return bundle(symbolicName, version)
                .header(
                        "Provide-Capability",
                        "org.snakepipe.plugin;kind=" + kind + ";name=" + name + ";component=\"" + symbolicName
                                + ".Definition\"");
    }

    public JarBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public JarBuilder entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    public JarBuilder entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Classes compiled from one source file each. */
    public JarBuilder classes(String name, String source) {
        Compiler.compile(name, source).forEach(this::entry);
        return this;
    }

    /** An exported package with one class, which returns the text. */
    public JarBuilder library(String packageName, String version, String text) {
        return header("Export-Package", packageName + ";version=\"" + version + "\"")
                .classes(
                        packageName + ".Lib",
                        "package " + packageName + "; public class Lib { public static String text() { return \"" + text
                                + "\"; } }");
    }

    /** The archive. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            if (!headers.isEmpty()) {
                Manifest manifest = new Manifest();
                manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
                headers.forEach(manifest.getMainAttributes()::putValue);
                jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
                manifest.write(jar);
                jar.closeEntry();
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The archive as the watch room delivers it. */
    public FileContent content() {
        return content(bytes());
    }

    /** Any bytes as the watch room delivers them. */
    public static FileContent content(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new FileContent(bytes, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
