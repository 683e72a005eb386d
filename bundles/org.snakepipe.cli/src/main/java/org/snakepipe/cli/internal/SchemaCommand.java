// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.snakepipe.verbs.SchemaVerbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        description = "prints JSON Schema 2020-12: of one PID, or of files such as base.yaml that hold several")
final class SchemaCommand implements Callable<Integer> {
    private final Surface surface;

    @Mixin
    private Place place;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "writes a file PID.schema.json for each PID there, and snakepipe.schema.json for files of several")
    private Optional<Path> out = Optional.empty();

    @Parameters(
            paramLabel = "PID",
            arity = "0..1",
            defaultValue = "",
            description = "of one PID, all layers together; if none is named, of files that hold several")
    private String pid;

    @Spec
    private CommandSpec spec;

    SchemaCommand(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Integer call() throws Exception {
        SchemaVerbs verbs = new SchemaVerbs(place.open(surface).workspace());
        if (out.isEmpty()) {
            spec.commandLine().getOut().println(Answers.json(verbs.schema(pid)));
            return 0;
        }
        Path directory = Files.createDirectories(out.get());
        Map<String, Map<String, Object>> all = verbs.schemas(pid);
        for (Map.Entry<String, Map<String, Object>> one : all.entrySet()) {
            Path file = directory.resolve(one.getKey() + ".schema.json");
            Files.write(file, (Answers.json(one.getValue()) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        spec.commandLine().getOut().println("wrote " + all.size() + " files into " + directory);
        return 0;
    }
}
