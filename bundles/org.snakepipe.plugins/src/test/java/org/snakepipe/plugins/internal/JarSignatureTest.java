// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.plugins.testing.JarBuilder;

/** Jars that the tools of the JDK have signed. */
class JarSignatureTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private Path unsigned;
    private Path signed;

    @BeforeEach
    void sign() throws Exception {
        Path keys = directory.resolve("keys.p12");
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair -alias ann -keyalg EC -dname CN=Ann,O=Example -storetype PKCS12 -storepass changeit -keystore",
                keys.toString());
        Process keytool = new ProcessBuilder(List.of(String.join(" ", words).split(" ")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD);
        unsigned = Files.write(
                directory.resolve("unsigned.jar"),
                JarBuilder.plugin("p", "1", "sink", "p")
                        .entry("x.txt", "some text")
                        .bytes());
        signed = directory.resolve("signed.jar");
        try (ZipFile in = new ZipFile(unsigned.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            KeyStore.PrivateKeyEntry key =
                    (KeyStore.PrivateKeyEntry) store.getEntry("ann", new KeyStore.PasswordProtection(PASSWORD));
            new JarSigner.Builder(key).build().sign(in, out);
        }
    }

    private PluginInfo look(Path jar) {
        return new Discovery(directory.resolve("index"), "1", 17).look(jar).info();
    }

    /** The signed one with another text, and perhaps with one more entry. */
    private Path changed(String text, boolean more) throws Exception {
        Path jar = directory.resolve("changed.jar");
        try (InputStream file = Files.newInputStream(signed);
                ZipInputStream in = new ZipInputStream(file);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals("x.txt")) {
                    out.write(text.getBytes("UTF-8"));
                } else {
                    in.transferTo(out);
                }
            }
            if (more) {
                out.putNextEntry(new ZipEntry("more.txt"));
            }
        }
        return jar;
    }

    @Test
    void namesTheSignerAndWhereItCameFrom() throws Exception {
        PluginInfo found = look(signed);

        assertThat(found.kind()).isEqualTo(Kind.PLUGIN);
        assertThat(found.signer()).isEqualTo("CN=Ann, O=Example");
        assertThat(found.source()).isEqualTo(signed.toString());
        assertThat(look(unsigned).signer()).isEmpty();
    }

    @Test
    void rejectsWhatIsNotWhatWasSigned() throws Exception {
        PluginInfo found = look(changed("other text", false));

        assertThat(found.kind()).isEqualTo(Kind.REJECTED);
        assertThat(found.reason()).startsWith("is signed, and is not what was signed (");
        assertThat(found.reason()).contains("x.txt").endsWith("get it anew from who signed it");
    }

    @Test
    void takesAJarThatIsSignedInPartForUnsigned() throws Exception {
        PluginInfo found = look(changed("some text", true));

        assertThat(found.kind()).isEqualTo(Kind.PLUGIN);
        assertThat(found.signer()).isEmpty();
    }
}
