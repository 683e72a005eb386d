// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/** What is wrong in some environments, each problem once. Immutable. */
public final class ProblemReport {
    private static final Origin NOWHERE = new Origin("", "", 0, 0);
    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(
                    (Finding finding) -> finding.problem().origin().orElse(NOWHERE),
                    Comparator.comparing(Origin::source)
                            .thenComparingInt(Origin::line)
                            .thenComparingInt(Origin::column))
            .thenComparing(finding -> finding.problem().code())
            .thenComparing(finding -> finding.problem().message());

    /** For whom a report is. */
    public enum Format {
        /** For people: a line for each problem, and a summary. */
        TEXT,
        /** For scripts. */
        JSON,
        /** For systems that review code: the Static Analysis Results Interchange Format 2.1.0 of OASIS. */
        SARIF,
        /** For the workflows of GitHub, which put the problems beside the lines. */
        GITHUB
    }

    private final List<Finding> findings;
    private final int environments;
    private final int errors;

    private ProblemReport(List<Finding> findings, int environments) {
        this.findings = List.copyOf(findings);
        this.environments = environments;
        this.errors = (int)
                findings.stream().filter(finding -> finding.problem().isError()).count();
    }

    /**
     * A report.
     *
     * @param problems the name of each environment that was checked to what is wrong in it, also when nothing is
     * @return the problems, sorted by place
     */
    public static ProblemReport of(Map<String, List<Problem>> problems) {
        List<Finding> findings = new ArrayList<>(SameProblems.of(problems));
        findings.sort(BY_PLACE);
        return new ProblemReport(findings, problems.size());
    }

    /**
     * The problems.
     *
     * @return each once, sorted by place
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * How many environments were checked.
     *
     * @return 0 or more
     */
    public int environments() {
        return environments;
    }

    /**
     * How many errors there are.
     *
     * @return 0 or more; the same error in several environments counts once
     */
    public int errors() {
        return errors;
    }

    /**
     * How many warnings there are.
     *
     * @return 0 or more; the same warning in several environments counts once
     */
    public int warnings() {
        return findings.size() - errors;
    }

    /**
     * What the program that printed the report should exit with.
     *
     * @param strict whether warnings count as errors
     * @return 0 when all is well, else 1
     */
    public int exitCode(boolean strict) {
        return errors > 0 || strict && warnings() > 0 ? 1 : 0;
    }

    /**
     * The numbers in words.
     *
     * @return for example {@code 3 errors, 1 warning in 12 environments}
     */
    public String summary() {
        return counted(errors, "error") + ", " + counted(warnings(), "warning") + " in "
                + counted(environments, "environment");
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /**
     * Writes the report.
     *
     * @param format for whom
     * @param style  how
     * @return lines that end in {@code \n}; empty only for GitHub, when all is well
     */
    public String render(Format format, ReportStyle style) {
        return switch (format) {
            case TEXT -> new TextReport(this, style).text();
            case JSON -> printed(json(style));
            case SARIF -> printed(sarif(style));
            case GITHUB -> new GithubReport(this, style).text();
        };
    }

    private static String printed(Map<String, Object> tree) {
        try {
            return JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                            .asString(tree)
                            .replace("\r\n", "\n")
                    + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory was written", e);
        }
    }

    /**
     * The report for scripts, for whoever prints it with more around it.
     *
     * @param style how paths are written
     * @return maps, lists, texts and numbers
     */
    public Map<String, Object> json(ReportStyle style) {
        return new JsonReport(this, style).tree();
    }

    /**
     * The report in SARIF.
     *
     * @param style how paths are written, and where contents come from
     * @return maps, lists, texts and numbers
     */
    public Map<String, Object> sarif(ReportStyle style) {
        return new SarifReport(this, style).tree();
    }
}
