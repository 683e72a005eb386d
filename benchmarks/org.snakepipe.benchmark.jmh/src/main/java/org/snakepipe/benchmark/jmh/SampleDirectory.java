// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakepipe.environment.ConfigDirectory;

/** A directory with many configurations over five layers, each layer with a file for each of them. */
record SampleDirectory(Path root, int pids) {
    static final String PID = "bench.service";
    static final String ENVIRONMENT = "e4";
    /** Ten keys each. */
    static final int GROUPS = 1;

    private static final List<String> LAYERS =
            List.of("base", "environments/e1", "environments/e2", "environments/e3", "environments/e4");

    /** Writes it. */
    static SampleDirectory write(Path root, int pids) throws IOException {
        SampleDirectory directory = new SampleDirectory(root, pids);
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            Path path = Files.createDirectories(root.resolve(LAYERS.get(layer)));
            if (layer > 0) {
                String text = layer == 1 ? "# the oldest\n" : "extends = e" + (layer - 1) + "\n";
                Files.writeString(path.resolve("environment.cfg"), text);
            }
            for (int pid = 0; pid < pids; pid++) {
                directory.write(layer, pid, layer + pid);
            }
        }
        return directory;
    }

    /** The path of one file. */
    static String path(int layer, int pid) {
        return LAYERS.get(layer) + "/" + PID + "~p" + pid + ".cfg";
    }

    static int layers() {
        return LAYERS.size();
    }

    /** Writes one file. */
    void write(int layer, int pid, int seed) throws IOException {
        Files.writeString(root.resolve(path(layer, pid)), Sample.file(Sample.values(GROUPS, seed)));
    }

    /** Reads one file. */
    byte[] read(String path) throws IOException {
        return Files.readAllBytes(root.resolve(path));
    }

    /** Reads all of them, as the product does. */
    Map<String, byte[]> read() throws IOException {
        return ConfigDirectory.read(root).files();
    }

    /** Removes it. */
    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
