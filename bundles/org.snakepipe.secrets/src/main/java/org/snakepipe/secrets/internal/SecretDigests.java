// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells whether files changed without keeping what is in them; salted, so that no list of passwords fits the digests. */
final class SecretDigests {
    private static final int SALT_BYTES = 32;
    /** In the place of a digest, before the reason why there is none. */
    private static final String NONE = "none: ";

    private final byte[] salt = new byte[SALT_BYTES];

    SecretDigests() {
        new SecureRandom().nextBytes(salt);
    }

    /** File to digest, of all files in the directories. What cannot be read has its reason instead. */
    Map<Path, String> of(List<Path> directories) {
        Map<Path, String> digests = new TreeMap<>();
        for (Path directory : directories) {
            try {
                for (Path file : SecretFiles.list(directory)) {
                    digest(file, digests);
                }
            } catch (NoSuchFileException e) {
                continue;
            } catch (IOException e) {
                digests.put(directory, NONE + e);
            }
        }
        return digests;
    }

    private void digest(Path file, Map<Path, String> digests) {
        try {
            SecretFile.read(file, content -> {
                        MessageDigest digest = sha256();
                        digest.update(salt);
                        digest.update(content);
                        return HexFormat.of().formatHex(digest.digest());
                    })
                    .ifPresent(digest -> digests.put(file, digest));
        } catch (IOException e) {
            digests.put(file, NONE + e.getMessage());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
