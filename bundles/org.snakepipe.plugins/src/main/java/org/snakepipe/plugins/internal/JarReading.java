// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.snakepipe.control.PluginRejected;

/** Reads a jar where it lies. */
final class JarReading {
    private static final int BUFFER = 1 << 16;

    private final JarAnalysis analysis;
    private final long largest;

    /**
     * For one Java.
     *
     * @param java    its feature version
     * @param largest how many bytes a jar may have
     */
    JarReading(int java, long largest) {
        this.analysis = new JarAnalysis(java);
        this.largest = largest;
    }

    /**
     * Reads one.
     *
     * @param stamp of the file before
     * @throws IOException if it cannot be read, as it was taken away just now
     */
    FoundJar read(Path jar, FileStamp stamp) throws IOException {
        String path = jar.toString();
        if (!Files.isRegularFile(jar)) {
            return FoundJar.rejected(path, "", "is no file: only plugins and libraries may be called *.jar");
        }
        if (stamp.size() > largest) {
            String reason = "has " + stamp.size() + " bytes (allowed: " + largest + ")";
            return FoundJar.rejected(path, "", reason);
        }
        String digest = digest(jar);
        FoundJar found = analysed(path, digest, jar);
        if (!FileStamp.of(jar).equals(stamp)) {
            String reason = "is being written at the moment; look again when it is complete";
            return FoundJar.rejected(path, "", reason);
        }
        return found;
    }

    private FoundJar analysed(String path, String digest, Path jar) throws IOException {
        try {
            return FoundJar.of(path, analysis.again(new DroppedFile(path), digest, jar));
        } catch (PluginRejected e) {
            return FoundJar.rejected(path, digest, e.problem().message());
        }
    }

    private static String digest(Path jar) throws IOException {
        MessageDigest sha = Digest.begin();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(jar)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
