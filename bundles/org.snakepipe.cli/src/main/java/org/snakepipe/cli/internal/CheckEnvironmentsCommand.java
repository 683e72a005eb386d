// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.snakepipe.api.config.Problem;
import org.snakepipe.validation.compare.Finding;
import org.snakepipe.validation.report.ProblemReport;
import org.snakepipe.verbs.FileVerbs;
import org.snakepipe.verbs.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check-envs",
        description = {
            "looks at all environments beside one another: what is overridden in vain, belongs to nobody, is missing in prod,"
                    + " or breaks contracts.yaml",
            "Exit code 1 when a contract is broken, or a file cannot be read."
        })
final class CheckEnvironmentsCommand implements Callable<Integer> {
    private final Surface surface;

    @Mixin
    private Place place;

    @Option(names = "--strict", description = "warnings count as errors for the exit code")
    private boolean strict;

    @Option(names = "--notes", description = "also what is good to know, such as every override that is meant")
    private boolean notes;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; text if nothing is said")
    private ValidateCommand.Format format = ValidateCommand.Format.text;

    @Spec
    private CommandSpec spec;

    CheckEnvironmentsCommand(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Integer call() throws Exception {
        Workspace workspace = place.open(surface).workspace();
        List<Finding> all = new FileVerbs(workspace).checkEnvironments();
        List<Finding> shown = all.stream()
                .filter(finding -> notes || finding.level() != Finding.Level.NOTE)
                .toList();
        List<Problem> problems = shown.stream()
                .filter(finding -> finding.level() != Finding.Level.NOTE)
                .map(Finding::problem)
                .toList();
        ProblemReport report = ProblemReport.of(Map.of("all", problems));
        PrintWriter out = spec.commandLine().getOut();
        if (format == ValidateCommand.Format.text) {
            shown.forEach(out::println);
            long hidden = all.size() - shown.size();
            out.println(FileVerbs.summary(all) + (hidden > 0 ? " (--notes shows the notes)" : ""));
        } else {
            out.print(report.render(format.format(), ValidateCommand.style(surface, workspace)));
        }
        out.flush();
        return report.exitCode(strict);
    }
}
