// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import org.snakepipe.verbs.Answer;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what verbs answer. */
final class Answers {
    private static final JSON PRETTY = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

    private Answers() {}

    /** Prints it, and gives the exit code of the process. @param json for programs */
    static int print(Answer answer, boolean json, CommandSpec spec) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(answer.data()) : String.join("\n", answer.lines()));
        out.flush();
        answer.wrong().forEach(spec.commandLine().getErr()::println);
        return answer.exit();
    }

    static String json(Object data) throws IOException {
        return PRETTY.asString(data);
    }
}
