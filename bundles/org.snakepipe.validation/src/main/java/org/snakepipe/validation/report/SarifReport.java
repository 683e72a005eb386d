// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import static org.snakepipe.validation.report.JsonReport.list;
import static org.snakepipe.validation.report.JsonReport.object;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/** Results and their rules. Source: OASIS, Static Analysis Results Interchange Format 2.1.0, 3.13 to 3.58. */
final class SarifReport {
    private static final String DOCUMENTATION = "docs/problems.md#";
    private static final String UNRESERVED = "-._~/";

    private final ProblemReport report;
    private final ReportStyle style;
    private final List<String> codes;

    SarifReport(ProblemReport report, ReportStyle style) {
        this.report = report;
        this.style = style;
        this.codes = report.findings().stream()
                .map(finding -> finding.problem().code())
                .distinct()
                .sorted()
                .toList();
    }

    Map<String, Object> tree() {
        Map<String, Object> driver = object("name", "Snake Pipe");
        if (!style.version().isEmpty()) {
            driver.put("version", style.version());
        }
        driver.put(
                "rules",
                codes.stream()
                        .map(code -> object("id", code, "help", object("text", DOCUMENTATION + code)))
                        .toList());
        Map<String, Object> run = object(
                "tool",
                object("driver", driver),
                "columnKind",
                "utf16CodeUnits",
                "results",
                report.findings().stream().map(this::result).toList());
        return object(
                "$schema",
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
                "version",
                "2.1.0",
                "runs",
                list(run));
    }

    private Map<String, Object> result(Finding finding) {
        Problem problem = finding.problem();
        Map<String, Object> result = object(
                "ruleId", problem.code(),
                "ruleIndex", codes.indexOf(problem.code()),
                "level", JsonReport.severity(problem),
                "message", object("text", TextReport.sentence(problem)),
                "locations", location(problem).map(JsonReport::list).orElse(List.of()));
        replacement(problem).ifPresent(edit -> result.put("fixes", list(fix(problem, edit))));
        result.put("properties", object("environments", finding.environments()));
        return result;
    }

    private Optional<Object> location(Problem problem) {
        Optional<String> path = problem.origin().flatMap(style::path);
        if (path.isEmpty()) {
            return problem.origin()
                    .map(Origin::source)
                    .filter(source -> !source.isEmpty())
                    .or(() -> problem.id().map(Object::toString))
                    .map(name -> object("logicalLocations", list(object("fullyQualifiedName", name))));
        }
        Origin at = problem.origin().orElseThrow();
        Map<String, Object> physical = object("artifactLocation", artifact(path.get()));
        if (at.line() > 0) {
            Map<String, Object> region = object("startLine", at.line());
            if (at.column() > 0) {
                region.put("startColumn", at.column());
            }
            physical.put("region", region);
        }
        return Optional.of(object("physicalLocation", physical));
    }

    private Optional<Replacement> replacement(Problem problem) {
        return problem.origin()
                .filter(at -> style.path(at).isPresent() && !problem.fixes().isEmpty())
                .flatMap(at -> style.contents()
                        .apply(at.source())
                        .flatMap(content -> Replacement.of(at.source(), content, problem)));
    }

    private Map<String, Object> fix(Problem problem, Replacement edit) {
        String path = style.path(problem.origin().orElseThrow()).orElseThrow();
        Map<String, Object> deleted = object(
                "startLine", edit.startLine(),
                "startColumn", edit.startColumn(),
                "endLine", edit.endLine(),
                "endColumn", edit.endColumn());
        return object(
                "description",
                object("text", problem.fixes().get(0).toString()),
                "artifactChanges",
                list(object(
                        "artifactLocation",
                        artifact(path),
                        "replacements",
                        list(object("deletedRegion", deleted, "insertedContent", object("text", edit.text()))))));
    }

    private static Map<String, Object> artifact(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xFF);
            boolean kept = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            uri.append(kept ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return object("uri", uri.toString());
    }
}
