// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives a file another content, whole or not at all, and nothing else. Without state. */
final class FileReplacement {
    private static final int SPECIAL_BITS = 07000;

    private FileReplacement() {}

    /**
     * Replaces; behind a link, what the link means.
     *
     * @param file    a file that is there
     * @param content the new content
     * @return why it is left alone, when the new file could not be like the old one in all but its content
     */
    static Optional<String> replace(Path file, byte[] content) throws IOException {
        Path real = file.toRealPath();
        boolean posix = Files.getFileStore(real).supportsFileAttributeView("unix");
        Map<String, Object> before =
                posix ? Files.readAttributes(real, "unix:mode,nlink,uid,gid,permissions") : Map.of();
        Optional<String> refusal = posix ? refusal(before) : Optional.empty();
        if (refusal.isPresent() || !Files.isWritable(real)) {
            return refusal.or(() -> Optional.of("is not writable"));
        }
        Path next = Files.createTempFile(real.getParent(), ".snakepipe", ".tmp");
        try {
            Files.write(next, content);
            if (posix) {
                @SuppressWarnings("unchecked")
                Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) before.get("permissions");
                Files.setPosixFilePermissions(next, permissions);
                Optional<String> owner = keepOwner(next, before);
                if (owner.isPresent()) {
                    return owner;
                }
            }
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static Optional<String> refusal(Map<String, Object> before) {
        if ((Integer) before.get("nlink") > 1) {
            return Optional.of("has " + before.get("nlink") + " names (hard links), of which only one would change");
        }
        if (((Integer) before.get("mode") & SPECIAL_BITS) != 0) {
            return Optional.of("has special rights, which would be lost");
        }
        boolean writable = ((Set<?>) before.get("permissions")).contains(PosixFilePermission.OWNER_WRITE);
        return writable ? Optional.empty() : Optional.of("is read-only");
    }

    private static Optional<String> keepOwner(Path next, Map<String, Object> before) throws IOException {
        Map<String, Object> now = Files.readAttributes(next, "unix:uid,gid");
        for (String who : new String[] {"uid", "gid"}) {
            if (!now.get(who).equals(before.get(who))) {
                try {
                    Files.setAttribute(next, "unix:" + who, before.get(who));
                } catch (IOException e) {
                    return Optional.of("belongs to somebody else, who would lose it");
                }
            }
        }
        return Optional.empty();
    }
}
