// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import org.snakepipe.api.config.Problem;

/** A line for each problem, as compilers write it. */
final class TextReport {
    private static final String RED = "1;31";
    private static final String YELLOW = "1;33";
    private static final String BOLD = "1";

    private final ProblemReport report;
    private final ReportStyle style;

    TextReport(ProblemReport report, ReportStyle style) {
        this.report = report;
        this.style = style;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        report.findings().forEach(finding -> text.append(line(finding)).append('\n'));
        String colour = report.errors() > 0 ? RED : report.warnings() > 0 ? YELLOW : BOLD;
        return text.append(coloured(colour, report.summary())).append('\n').toString();
    }

    private String line(Finding finding) {
        Problem problem = finding.problem();
        String severity = problem.isError() ? coloured(RED, "error") : coloured(YELLOW, "warning");
        String place = place(problem);
        return severity + " " + (place.isEmpty() ? "" : coloured(BOLD, place) + ": ") + sentence(problem)
                + environments(finding);
    }

    private String place(Problem problem) {
        return problem.origin()
                .map(at -> style.path(at).orElse(at.source()) + (at.line() > 0 ? ":" + at.line() : ""))
                .or(() -> problem.id().map(Object::toString))
                .orElse("");
    }

    /** What is wrong, and the best fix. */
    static String sentence(Problem problem) {
        return problem.message()
                + (problem.fixes().isEmpty() ? "" : "; " + problem.fixes().get(0));
    }

    private String environments(Finding finding) {
        if (report.environments() < 2) {
            return "";
        }
        return finding.environments().size() == report.environments()
                ? " (in all environments)"
                : " (in " + String.join(", ", finding.environments()) + ")";
    }

    private String coloured(String colour, String text) {
        return style.colours() ? "\u001B[" + colour + "m" + text + "\u001B[0m" : text;
    }
}
