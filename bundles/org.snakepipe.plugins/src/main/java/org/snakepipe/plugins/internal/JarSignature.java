// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.snakepipe.control.PluginRejected;

/** Who signed a jar. The signature is checked, and no class is loaded; whether the signer is to be trusted is not looked at. */
final class JarSignature {
    private static final String FOLDER = "META-INF/";

    private JarSignature() {}

    /** Whether there may be a signature: only then the jar has to be read once more, which takes time. */
    static boolean isNamed(Collection<JarEntry> entries) {
        return entries.stream().anyMatch(entry -> isOfSignature(entry.getName(), ".SF"));
    }

    private static boolean isOfSignature(String name, String... ends) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith(FOLDER)
                && upper.indexOf('/', FOLDER.length()) < 0
                && Stream.of(ends).anyMatch(upper::endsWith);
    }

    /**
     * Whom the certificates name that every entry is signed with.
     *
     * @return several are separated by {@code ;}; empty when an entry is not signed
     * @throws PluginRejected if an entry is not what was signed
     */
    static String signer(DroppedFile file, Path path) throws PluginRejected, IOException {
        Set<String> names = null;
        try (JarFile jar = new JarFile(path.toFile(), true, ZipFile.OPEN_READ)) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (entry.isDirectory()
                        || isOfSignature(entry.getName(), ".SF", ".RSA", ".DSA", ".EC", "MANIFEST.MF")) {
                    continue;
                }
                Set<String> own = signers(jar, entry);
                if (names == null) {
                    names = own;
                }
                names.retainAll(own);
            }
        } catch (SecurityException e) {
            throw file.rejected(
                    "plugin.signature",
                    "is signed, and is not what was signed (" + e.getMessage() + "): get it anew from who signed it",
                    e);
        }
        return names == null ? "" : String.join("; ", names);
    }

    /** The signers of an entry are known once it has been read to its end. */
    private static Set<String> signers(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        CodeSigner[] signers = entry.getCodeSigners();
        Set<String> names = new LinkedHashSet<>();
        for (CodeSigner signer : signers == null ? List.<CodeSigner>of() : List.of(signers)) {
            if (signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate certificate) {
                names.add(certificate.getSubjectX500Principal().toString());
            }
        }
        return names;
    }
}
