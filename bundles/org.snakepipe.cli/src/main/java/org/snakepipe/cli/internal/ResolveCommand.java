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

@Command(
        name = "resolve",
        description = "prints what an environment comes to: every key, its value and where it comes from")
final class ResolveCommand implements Callable<Integer> {
    private final Surface surface;

    @Mixin
    private Place place;

    @Mixin
    private EnvironmentOption environment;

    @Option(names = "--json", description = "for programs, and for snakepipe diff")
    private boolean json;

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            defaultValue = "",
            description = "one configuration; all if none is named")
    private String id;

    @Spec
    private CommandSpec spec;

    ResolveCommand(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Integer call() throws Exception {
        FileVerbs verbs = new FileVerbs(place.open(surface).workspace());
        return Answers.print(verbs.resolve(environment.in(surface), id), json, spec);
    }
}
