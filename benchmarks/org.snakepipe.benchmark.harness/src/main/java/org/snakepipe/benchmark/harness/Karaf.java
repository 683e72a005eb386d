// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Apache Karaf as it is unpacked, with the probe in {@code deploy/} and its configuration in {@code etc/}. */
record Karaf(Path unpacked, Path bundles) implements Contestant {
    private static final String PREFIX = "apache-karaf-";

    /** The Karaf that the profile has unpacked, if it has. */
    static List<Contestant> in(Path rivals, Path bundles) throws IOException {
        if (!Files.isDirectory(rivals)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(rivals)) {
            return all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .<Contestant>map(path -> new Karaf(path, bundles))
                    .toList();
        }
    }

    @Override
    public String name() {
        return "Karaf";
    }

    @Override
    public String version() {
        return unpacked.getFileName().toString().substring(PREFIX.length());
    }

    @Override
    public boolean writesRows() {
        return false;
    }

    @Override
    public Home prepare(Path home, String value) throws IOException {
        try (Stream<Path> all = Files.walk(unpacked)) {
            for (Path from : all.toList()) {
                Path to = home.resolve(unpacked.relativize(from));
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Files.copy(bundles.resolve("org.snakepipe.benchmark.managed.jar"), home.resolve("deploy/probe.jar"));
        Path file = home.resolve("etc/snakepipe.benchmark.probe.cfg");
        Files.writeString(file, text(value));
        ProcessBuilder process = new ProcessBuilder(home.resolve("bin/karaf").toString(), "server");
        process.environment().put("KARAF_EXEC", "exec");
        process.environment().put("EXTRA_JAVA_OPTS", "-Dprobe.out=" + home.resolve("probe.out"));
        return new Home(process, file);
    }
}
