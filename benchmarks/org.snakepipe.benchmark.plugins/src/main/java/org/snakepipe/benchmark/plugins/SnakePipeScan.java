// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakepipe.plugins.internal.Discovery;
import org.snakepipe.plugins.internal.FoundJar;

/** Snake Pipe, with an empty index or with the one of the look before. */
final class SnakePipeScan implements Scan {
    private final Path index;
    private final boolean warm;

    SnakePipeScan(Path index, boolean warm) {
        this.index = index;
        this.warm = warm;
    }

    @Override
    public String name() {
        return "Snake Pipe";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public Map<String, byte[]> entries() {
        return Map.of();
    }

    /** An object of its own each time, as after a restart: the warm index is read from its file. */
    @Override
    public int scan(Path root, List<Path> directories) throws IOException, InterruptedException {
        if (!warm) {
            Files.deleteIfExists(index);
        }
        Discovery discovery = new Discovery(index, version(), Runtime.version().feature());
        return (int) discovery.discover(directories).stream()
                .filter(FoundJar::isUsable)
                .count();
    }
}
