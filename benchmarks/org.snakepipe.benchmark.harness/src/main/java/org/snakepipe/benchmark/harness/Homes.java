// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Empty directories, one for each process that is started. */
final class Homes {
    private Homes() {}

    static Path make(Path work, Contestant contestant, String benchmark, int round) throws IOException {
        String name = contestant.name().replace(' ', '-') + "-" + benchmark + "-" + round;
        return Files.createDirectories(work.resolve(name));
    }
}
