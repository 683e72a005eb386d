// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Somebody who looks for plugins. */
public interface Scan {
    /**
     * Who.
     *
     * @return a name for people
     */
    String name();

    /**
     * Which.
     *
     * @return its version
     */
    String version();

    /**
     * What a jar must have to be a plugin for it.
     *
     * @return name to content
     * @throws IOException if it cannot be read
     */
    Map<String, byte[]> entries() throws IOException;

    /**
     * Looks, and knows nothing of an earlier look.
     *
     * @param root        the directory with all of them
     * @param directories those with a jar each
     * @return how many plugins it found
     * @throws IOException          if a file cannot be read
     * @throws InterruptedException if the process is to stop
     */
    int scan(Path root, List<Path> directories) throws IOException, InterruptedException;
}
