// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that can be measured of each contestant. */
interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /**
     * Measures one contestant.
     *
     * @param work an empty directory, for homes
     */
    List<Figure> run(Contestant contestant, Path work) throws IOException, InterruptedException;
}
