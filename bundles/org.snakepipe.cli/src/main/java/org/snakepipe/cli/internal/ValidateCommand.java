// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.snakepipe.api.config.Problem;
import org.snakepipe.validation.report.ProblemReport;
import org.snakepipe.validation.report.ReportStyle;
import org.snakepipe.verbs.FileVerbs;
import org.snakepipe.verbs.Mending;
import org.snakepipe.verbs.Workspace;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "validate",
        description = {
            "checks the configuration, with what the plugins know, and says what is wrong, where, and what mends it",
            "Needs no running runtime and no secrets. Exit code 1 when there are errors."
        })
final class ValidateCommand implements Callable<Integer> {
    private final Surface surface;

    @Mixin
    private Place place;

    @ArgGroup
    private Which which = new Which();

    @Option(names = "--strict", description = "warnings count as errors for the exit code")
    private boolean strict;

    @Option(
            names = "--fix",
            description = "mends what can be mended without a guess, in the files; all else stays as it is")
    private boolean fix;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; text if nothing is said. github: annotations for its workflows")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    /** As people write it. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Format {
        text,
        json,
        sarif,
        github;

        ProblemReport.Format format() {
            return ProblemReport.Format.valueOf(name().toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** Either one environment or all. */
    static final class Which {
        @Option(
                names = "--env",
                paramLabel = "NAME",
                description = "the environment; dev if nothing is said (SNAKE_PIPE_ENV)")
        private Optional<String> environment = Optional.empty();

        @Option(names = "--all", description = "all environments")
        private boolean all;
    }

    ValidateCommand(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Integer call() throws Exception {
        Place.Opened opened = place.open(surface);
        Workspace workspace = opened.workspace();
        List<String> environments = which.all
                ? workspace.environments()
                : List.of(workspace.required(surface.environment(which.environment)));
        List<String> mended = new ArrayList<>();
        if (fix) {
            for (Mending.Mended file : new Mending(workspace).mend(environments)) {
                mended.addAll(replaced(workspace, file));
            }
            workspace = mended.isEmpty() ? workspace : place.open(surface).workspace();
        }
        ProblemReport report =
                report(new FileVerbs(workspace), environments, opened.schemas().problems());
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.text) {
            mended.forEach(out::println);
        }
        out.print(report.render(format.format(), style(surface, workspace)));
        out.flush();
        return report.exitCode(strict);
    }

    private static ProblemReport report(FileVerbs verbs, List<String> environments, List<Problem> jars)
            throws InterruptedException {
        Map<String, List<Problem>> problems = new LinkedHashMap<>(verbs.problems(environments));
        problems.replaceAll((environment, found) ->
                java.util.stream.Stream.concat(found.stream(), jars.stream()).toList());
        return ProblemReport.of(problems);
    }

    static ReportStyle style(Surface surface, Workspace workspace) {
        return new ReportStyle(
                fromHere(workspace.root()),
                surface.colours(),
                CommandLines.version(),
                path -> Optional.ofNullable(workspace.contents().get(path)));
    }

    /** As short as a terminal, an editor or a review needs it: below the working directory without it. */
    private static String fromHere(Path root) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = root.toAbsolutePath().normalize();
        return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
    }

    private static List<String> replaced(Workspace workspace, Mending.Mended file) throws IOException {
        String path = Path.of(fromHere(workspace.root())).resolve(file.path()).toString();
        Optional<String> refusal = FileReplacement.replace(
                workspace.root().resolve(file.path()), file.edited().content());
        return refusal.isPresent()
                ? List.of("not mended: " + path + " " + refusal.get())
                : file.edited().applied().stream()
                        .map(problem -> "mended " + fromHere(workspace.root()) + "/" + problem)
                        .toList();
    }
}
