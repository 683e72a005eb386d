// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A Secret as Kubernetes mounts it: each file is a link through {@code ..data}, which is replaced as a whole. */
public final class Mounted {
    private final Path directory;
    private int versions;
    private Path current;

    public Mounted(Path directory) {
        this.directory = directory;
    }

    /** Does what the kubelet does, in its order. */
    public void swap(String name, String text) throws IOException {
        Path before = current;
        current = Files.createDirectory(directory.resolve("..2026_" + ++versions));
        Files.writeString(current.resolve(name), text);
        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), current.getFileName());
        Files.move(next, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (!Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
        }
        if (before != null) {
            Files.delete(before.resolve(name));
            Files.delete(before);
        }
    }

    /** The file behind the links. */
    public Path behind(String name) {
        return current.resolve(name);
    }
}
