// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.snakepipe.control.PluginInfo;

/** A test with a framework of its own. */
abstract class InFramework {
    @TempDir
    Path directory;

    RunningFramework running;

    @BeforeEach
    void start() throws Exception {
        running = new RunningFramework(directory);
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    /** What is listed about a file. */
    PluginInfo info(String file) {
        return running.list.list().stream()
                .filter(info -> info.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    /** Version and state of each plugin. */
    List<String> states() {
        return running.plugins().stream()
                .map(bundle -> bundle.getVersion() + " " + name(bundle.getState()))
                .sorted()
                .toList();
    }

    private static String name(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            default -> String.valueOf(state);
        };
    }
}
