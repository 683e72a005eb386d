// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.snakepipe.verbs.FileVerbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "explain", description = "says why a key has its value, and which values that hides")
final class ExplainCommand implements Callable<Integer> {
    private final Surface surface;

    @Mixin
    private Place place;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "the environment; dev if nothing is said (SNAKE_PIPE_ENV)")
    private Optional<String> environment = Optional.empty();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Parameters(index = "0", paramLabel = "ID", description = "the configuration")
    private String id;

    @Parameters(index = "1", paramLabel = "KEY", description = "one of its keys")
    private String key;

    @Spec
    private CommandSpec spec;

    ExplainCommand(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Integer call() throws Exception {
        FileVerbs verbs = new FileVerbs(place.open(surface).workspace());
        return Answers.print(verbs.explain(surface.environment(environment), id, key), json, spec);
    }
}
