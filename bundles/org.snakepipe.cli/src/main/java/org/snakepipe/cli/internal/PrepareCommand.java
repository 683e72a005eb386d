// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands here for the help and for completion: {@code bin/snakepipe} does it by itself when nothing else is said. */
@Command(
        name = "prepare",
        description = "makes later starts of this installation faster, for the Java that is used now")
final class PrepareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "prepare takes no options");
    }
}
