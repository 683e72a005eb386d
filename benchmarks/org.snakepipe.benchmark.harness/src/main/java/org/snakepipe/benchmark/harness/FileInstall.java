// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The framework with ConfigurationAdmin and FileInstall, nothing else, as FileInstall comes: it looks every two seconds. */
record FileInstall(Path bundles) implements Contestant {
    @Override
    public String name() {
        return "bare FileInstall";
    }

    @Override
    public String version() {
        return "3.7.4";
    }

    @Override
    public boolean writesRows() {
        return false;
    }

    @Override
    public String deploy() {
        return "load";
    }

    @Override
    public Home prepare(Path home, String value) throws IOException {
        Path load = Files.createDirectories(home.resolve("load"));
        Path file = load.resolve("snakepipe.benchmark.probe.cfg");
        Files.writeString(file, text(value));
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dprobe.out=" + home.resolve("probe.out"),
                "-Dfelix.fileinstall.dir=" + load,
                "-cp",
                System.getProperty("java.class.path")
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                BareFramework.class.getName(),
                home.toString(),
                bundles.toString());
        return new Home(process, file);
    }
}
