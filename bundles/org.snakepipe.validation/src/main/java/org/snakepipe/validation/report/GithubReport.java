// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import org.snakepipe.api.config.Problem;

/** Workflow commands. Source: GitHub documentation, "Workflow commands for GitHub Actions", setting an error message. */
final class GithubReport {
    private final ProblemReport report;
    private final ReportStyle style;

    GithubReport(ProblemReport report, ReportStyle style) {
        this.report = report;
        this.style = style;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        report.findings().forEach(finding -> text.append(command(finding)).append('\n'));
        return text.toString();
    }

    private String command(Finding finding) {
        Problem problem = finding.problem();
        StringBuilder command =
                new StringBuilder("::").append(JsonReport.severity(problem)).append(' ');
        problem.origin()
                .ifPresent(at -> style.path(at).ifPresent(path -> {
                    command.append("file=").append(property(path)).append(',');
                    if (at.line() > 0) {
                        command.append("line=").append(at.line()).append(',');
                    }
                    if (at.column() > 0) {
                        command.append("col=").append(at.column()).append(',');
                    }
                }));
        return command.append("title=")
                .append(property(problem.code()))
                .append("::")
                .append(escaped(message(finding)))
                .toString();
    }

    private String message(Finding finding) {
        Problem problem = finding.problem();
        String place = problem.origin().flatMap(style::path).isPresent()
                ? ""
                : problem.origin()
                        .map(Object::toString)
                        .or(() -> problem.id().map(Object::toString))
                        .map(text -> text + ": ")
                        .orElse("");
        String where = report.environments() < 2 ? "" : " (in " + String.join(", ", finding.environments()) + ")";
        return place + TextReport.sentence(problem) + where;
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return escaped(text).replace(":", "%3A").replace(",", "%2C");
    }
}
