// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.snakepipe.verbs.Answer;
import org.snakepipe.verbs.FileVerbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = {
            "says what is different between two environments, two files of snakepipe resolve --json, or what runs and an"
                    + " environment of these files",
            "Exit code 1 when something is different, or cannot be read."
        })
final class DiffCommand implements Callable<Integer> {
    private static final String EXPORT = ".json";

    private final Surface surface;

    @Mixin
    private Place place;

    @Option(
            names = "--live",
            description = "the left side is what runs now; of secrets it is not known whether they are the same")
    private boolean live;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Parameters(
            paramLabel = "ENV|FILE.json",
            arity = "1..2",
            description = "two environments or two files; one with --live")
    private List<String> sides;

    @Spec
    private CommandSpec spec;

    DiffCommand(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Integer call() throws Exception {
        if (sides.size() != (live ? 1 : 2)) {
            throw new ParameterException(
                    spec.commandLine(),
                    live ? "--live takes one environment" : "there have to be two sides, found one");
        }
        return Answers.print(live ? live() : FileVerbs.diff(side(0), side(1)), json, spec);
    }

    private Answer live() throws IOException, InterruptedException {
        Client client = new Client(place.home(surface), surface.out(), surface.err());
        Object running = client.data("config:export", List.of());
        FileVerbs files = new FileVerbs(place.open(surface).workspace());
        return FileVerbs.diff(FileVerbs.Side.of((Map<?, ?>) running), files.writtenSide(sides.get(0)));
    }

    private FileVerbs.Side side(int number) throws IOException, InterruptedException {
        String side = sides.get(number);
        if (!side.endsWith(EXPORT)) {
            return new FileVerbs(place.open(surface).workspace()).side(side);
        }
        Path file = Path.of(side);
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "there is no file " + side);
        }
        try {
            return FileVerbs.Side.of(JSON.std.mapFrom(Files.readAllBytes(file)));
        } catch (com.fasterxml.jackson.core.JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    side + " is no export of snakepipe resolve --json: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }
}
