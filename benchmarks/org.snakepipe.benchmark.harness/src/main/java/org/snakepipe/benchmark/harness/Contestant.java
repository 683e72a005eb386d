// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Path;

/** A runtime that can be started with a probe in it. */
interface Contestant {
    /** What it is called. */
    String name();

    /** Which version. */
    String version();

    /** Where the bundles with probes lie. */
    Path bundles();

    /** Whether a row can be written, or only a configuration be heard of. */
    boolean writesRows();

    /**
     * Makes a home in an empty directory.
     *
     * @param home  the directory
     * @param value the value that the probe is to tell first
     */
    Home prepare(Path home, String value) throws IOException;

    /**
     * How to start it.
     *
     * @param process  ready to be started
     * @param file     what is edited
     */
    record Home(ProcessBuilder process, Path file) {}

    /** The directory in a home that jars are dropped into. */
    default String deploy() {
        return "deploy";
    }

    /** What is in the file that is edited. */
    default String text(String value) {
        return "text = " + value + "\n";
    }
}
