// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands here for the help and for completion: {@code bin/snakepipe} hands {@code run} to the launcher. */
@Command(name = "run", description = "runs until somebody stops it")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private EnvironmentOption environment;

    @Mixin
    private ConfigOption config;

    @Mixin
    private HomeOption home;

    @Option(
            names = "--once",
            paramLabel = "PIPELINE",
            description = "run this pipeline alone, to the end of its source: 0 done, 1 failed, 4 no such pipeline,"
                    + " 5 a part is missing, 6 done, but records are in quarantine, 7 done, but records wait for a"
                    + " best-effort sink, 130 interrupted")
    private Optional<String> once = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "run is done by bin/snakepipe");
    }
}
