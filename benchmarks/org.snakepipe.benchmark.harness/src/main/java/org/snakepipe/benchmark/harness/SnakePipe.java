// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The assembled distribution, with one pipeline from a file to the probe. */
record SnakePipe(Path installation, Path bundles) implements Contestant {
    @Override
    public String name() {
        return "Snake Pipe";
    }

    @Override
    public String version() {
        return "this build";
    }

    @Override
    public boolean writesRows() {
        return true;
    }

    @Override
    public Home prepare(Path home, String value) throws IOException {
        Path base = Files.createDirectories(home.resolve("config/base"));
        Path deploy = Files.createDirectories(home.resolve("deploy"));
        Path inbox = Files.createDirectories(home.resolve("data/inbox"));
        Files.copy(bundles.resolve("org.snakepipe.benchmark.sink.jar"), deploy.resolve("probe.jar"));
        Files.writeString(inbox.resolve("rows.ndjson"), "{\"id\": 1}\n");
        Files.writeString(base.resolve("snakepipe.source.file~rows.cfg"), """
                directory = inbox
                pattern = *.ndjson
                format = ndjson
                """);
        Files.writeString(base.resolve("snakepipe.pipeline~rows.cfg"), """
                source = snakepipe.source.file~rows
                sinks = snakepipe.sink.probe~rows
                """);
        Path file = base.resolve("snakepipe.sink.probe~rows.cfg");
        Files.writeString(file, text(value));
        ProcessBuilder process =
                new ProcessBuilder(installation.resolve("bin/snakepipe").toString(), "run", "--home", home.toString());
        process.environment().keySet().removeIf(name -> name.startsWith("SNAKE_PIPE_"));
        process.environment().put("SNAKE_PIPE_JAVA_OPTS", "-Dprobe.out=" + home.resolve("probe.out"));
        return new Home(process, file);
    }
}
