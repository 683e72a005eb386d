// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where files of secrets lie.
 *
 * @param paths absolute; in the first one that has a secret, it counts. They may come and go
 * @param named whether somebody said so, and is told when there is no such directory
 */
public record SecretDirectories(List<Path> paths, boolean named) {
    /** The environment variable that lists them, like {@code PATH}. */
    public static final String VARIABLE = "SNAKE_PIPE_SECRETS";

    /** Where Docker puts secrets, and where Kubernetes is often told to. */
    private static final Path USUAL = Path.of("/run/secrets");

    /** Copies the list. */
    public SecretDirectories {
        paths = List.copyOf(paths);
    }

    /** What the variable says. @param list {@code null} when it is not set; empty for no directories at all */
    public static SecretDirectories of(String list) {
        if (list == null) {
            return new SecretDirectories(List.of(USUAL), false);
        }
        List<Path> paths = Arrays.stream(list.split(File.pathSeparator))
                .filter(path -> !path.isBlank())
                .map(path -> Path.of(path).toAbsolutePath())
                .distinct()
                .toList();
        return new SecretDirectories(paths, true);
    }
}
