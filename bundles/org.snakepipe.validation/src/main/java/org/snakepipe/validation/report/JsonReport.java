// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

/** An object with everything that is known; what is not known of a problem is left out. */
final class JsonReport {
    private final ProblemReport report;
    private final ReportStyle style;

    JsonReport(ProblemReport report, ReportStyle style) {
        this.report = report;
        this.style = style;
    }

    Map<String, Object> tree() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("errors", report.errors());
        counts.put("warnings", report.warnings());
        counts.put("environments", report.environments());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("problems", report.findings().stream().map(this::problem).toList());
        tree.put("counts", counts);
        return tree;
    }

    private Map<String, Object> problem(Finding finding) {
        Problem problem = finding.problem();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("code", problem.code());
        tree.put("severity", severity(problem));
        tree.put("environments", finding.environments());
        problem.id().ifPresent(id -> tree.put("id", id.toString()));
        problem.key().ifPresent(key -> tree.put("key", key));
        problem.origin().ifPresent(at -> {
            style.path(at).ifPresentOrElse(path -> tree.put("path", path), () -> tree.put("source", at.source()));
            positive(tree, "line", at.line());
            positive(tree, "column", at.column());
        });
        tree.put("message", problem.message());
        tree.put("fixes", problem.fixes().stream().map(JsonReport::fix).toList());
        return tree;
    }

    static String severity(Problem problem) {
        return problem.isError() ? "error" : "warning";
    }

    private static void positive(Map<String, Object> tree, String name, int number) {
        if (number > 0) {
            tree.put(name, number);
        }
    }

    private static Map<String, Object> fix(Fix fix) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", fix.kind().name());
        tree.put("key", fix.key());
        tree.put("value", fix.value());
        tree.put("text", fix.toString());
        return tree;
    }

    /** A map in the order of its arguments: name, value, name, value. */
    static Map<String, Object> object(Object... entries) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int index = 0; index < entries.length; index += 2) {
            object.put(entries[index].toString(), entries[index + 1]);
        }
        return object;
    }

    /** The lists of SARIF. */
    static List<Object> list(Object one) {
        return List.of(one);
    }
}
