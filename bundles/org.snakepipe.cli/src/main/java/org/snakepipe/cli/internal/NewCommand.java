// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.snakepipe.api.config.Origin;
import org.snakepipe.verbs.SchemaVerbs;
import org.snakepipe.verbs.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "new", description = "writes a new file with all keys of a PID, their defaults and ranges, commented")
final class NewCommand implements Callable<Integer> {
    private final Surface surface;

    @Mixin
    private Place place;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "into environments/NAME/; into base/ if nothing is said")
    private Optional<String> environment = Optional.empty();

    @Option(names = "--print", description = "prints it and writes nothing")
    private boolean print;

    @Parameters(
            paramLabel = "ID",
            description = "PID, or PID~NAME where there may be several: snakepipe.pipeline~orders")
    private String id;

    @Spec
    private CommandSpec spec;

    NewCommand(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Integer call() throws Exception {
        Workspace workspace = place.open(surface).workspace();
        SchemaVerbs verbs = new SchemaVerbs(workspace);
        String text = verbs.newFile(id);
        if (print) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return 0;
        }
        String layer = environment.isPresent() ? "environments/" + workspace.required(environment.get()) : "base";
        Optional<Origin> known = verbs.written(id, layer);
        if (known.isPresent()) {
            throw new IllegalArgumentException(id + " is configured there already, "
                    + workspace.root().resolve(known.get().toString()) + "; choose another name, or --print");
        }
        Path file = Files.createDirectories(workspace.root().resolve(layer)).resolve(id + ".cfg");
        if (Files.exists(file)) {
            throw new IllegalArgumentException(file + " is there already; choose another name, or --print");
        }
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        spec.commandLine().getOut().println("wrote " + file + "; fill in what has no value, then: snakepipe validate");
        return 0;
    }
}
