// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

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

    @Mixin
    private EnvironmentOption environment;

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
        return Answers.print(verbs.explain(environment.in(surface), id, key), json, spec);
    }
}
