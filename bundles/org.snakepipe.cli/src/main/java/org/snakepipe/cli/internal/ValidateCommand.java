// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.snakepipe.api.config.Problem;
import org.snakepipe.validation.edit.Edited;
import org.snakepipe.validation.report.ProblemReport;
import org.snakepipe.validation.report.ReportStyle;
import org.snakepipe.verbs.FileVerbs;
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
        Map<String, List<Problem>> mended = new TreeMap<>();
        if (fix) {
            for (FileVerbs.Mended file : new FileVerbs(workspace).mend(environments)) {
                replace(workspace.root().resolve(file.path()), file.edited());
                mended.put(file.path(), file.edited().applied());
            }
            workspace = mended.isEmpty() ? workspace : place.open(surface).workspace();
        }
        ProblemReport report =
                report(new FileVerbs(workspace), environments, opened.schemas().problems());
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.text) {
            mended.values().forEach(problems -> problems.forEach(problem -> out.println("mended " + problem)));
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

    /** Whole or not at all, with the rights that it had; behind a link, what the link means. */
    private static void replace(Path file, Edited edited) throws IOException {
        Path real = file.toRealPath();
        Path next = Files.createTempFile(real.getParent(), ".snakepipe", ".tmp");
        try {
            Files.write(next, edited.content());
            if (Files.getFileStore(real).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(real));
            }
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
