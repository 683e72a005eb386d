// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.schema.MetatypeException;
import org.snakepipe.schema.MetatypeReader;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;

/** Finds out what a jar is, without loading a class and without unpacking it anywhere. */
final class JarAnalysis {
    private static final String CODE = "plugin.zip";

    /** Every zip archive begins so, but for an empty one, which is no bundle either. */
    private static final String SIGNATURE = "PK\u0003\u0004";

    private final ClassFiles classFiles;

    /**
     * For one Java.
     *
     * @param java the feature version of the running one: 17
     */
    JarAnalysis(int java) {
        this.classFiles = new ClassFiles(java);
    }

    /**
     * Checks everything, and reads each byte once.
     *
     * @param path where it is now
     * @param kept where it will be read again
     */
    PluginJar first(DroppedFile file, String digest, Path path, Path kept) throws PluginRejected, IOException {
        return analyse(file, digest, path, kept, true);
    }

    /** Checks all but sizes and checksums: of a copy that was checked when it was made, or of what is staged before it is used. */
    PluginJar again(DroppedFile file, String digest, Path path) throws PluginRejected, IOException {
        return analyse(file, digest, path, path, false);
    }

    private PluginJar analyse(DroppedFile file, String digest, Path path, Path kept, boolean whole)
            throws PluginRejected, IOException {
        checkBeginning(file, path);
        try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ)) {
            JarEntries content = new JarEntries(file, jar);
            List<JarEntry> entries = content.check();
            if (whole) {
                content.read();
            }
            BundleManifest manifest = BundleManifest.read(file, manifest(file, jar));
            classFiles.check(file, jar, entries);
            new ComponentDescriptions(file, jar, manifest).check(entries);
            RuleSource rules = new RuleSource(file.toString(), manifest.rules(), entry -> entry(kept, entry));
            String signer = JarSignature.isNamed(entries) ? JarSignature.signer(file, path) : "";
            return new PluginJar(digest, manifest, schemas(file, jar), rules, signer);
        } catch (ZipException e) {
            throw file.rejected(
                    CODE,
                    "is only part of a jar, or damaged (" + e.getMessage() + ", " + Files.size(path)
                            + " bytes); copy it again, under another name first and renamed when it is complete",
                    e);
        }
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

    private static void checkBeginning(DroppedFile file, Path path) throws PluginRejected, IOException {
        byte[] beginning;
        try (InputStream in = Files.newInputStream(path)) {
            beginning = in.readNBytes(SIGNATURE.length());
        }
        if (beginning.length == 0) {
            throw file.rejected(CODE, "is empty (0 bytes); copy it again", null);
        }
        String found = new String(beginning, StandardCharsets.ISO_8859_1);
        if (!found.equals(SIGNATURE)) {
            throw file.rejected(
                    CODE,
                    "is no jar: it begins with '" + found.replaceAll("\\P{Print}", "?")
                            + "' (allowed: a zip archive, which begins with 'PK'); put the bundle there",
                    null);
        }
    }

    private static Manifest manifest(DroppedFile file, JarFile jar) throws PluginRejected {
        try {
            return jar.getManifest();
        } catch (IOException e) {
            throw file.rejected("plugin.manifest", "has a manifest that cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Schema> schemas(DroppedFile file, JarFile jar) throws PluginRejected, IOException {
        try {
            return MetatypeReader.readJar(jar);
        } catch (MetatypeException e) {
            throw file.rejected("plugin.metatype", "has Metatype that cannot be read: " + e.getMessage(), e);
        }
    }
}
