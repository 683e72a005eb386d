// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.validation.report.ProblemReport.Format;

class ProblemReportTest {
    private static final ReportStyle STYLE = ReportStyle.in("config");
    private static final String PATH = "base/a.b~c d.cfg";

    private final Map<String, List<Problem>> problems = new LinkedHashMap<>();

    private static Problem unknown(Fix... fixes) {
        return Problem.error("key.unknown", "siez is not a key of a.b")
                .id(ConfigId.parse("a.b~c"))
                .key("siez")
                .at(new Origin("base", PATH, 2, 3))
                .fixes(List.of(fixes))
                .build();
    }

    private static Problem waiting() {
        return Problem.warning("pid.waiting", "x waits:\n100%")
                .id(ConfigId.parse("x"))
                .build();
    }

    private static Problem variable() {
        return Problem.error("key.unknown", "y is not a key of x")
                .at(new Origin("environment variable", "SNAKE_PIPE_X__Y", 0, 0))
                .build();
    }

    private ProblemReport report() {
        return ProblemReport.of(problems);
    }

    @Test
    void saysTheSameProblemOnceWithItsEnvironments() {
        problems.put("dev", List.of(unknown(Fix.rename("size"))));
        problems.put("prod", List.of(variable(), unknown(Fix.rename("sieve"))));
        problems.put("test", List.of(waiting()));

        ProblemReport report = report();

        assertThat(report.findings())
                .extracting(Finding::environments)
                .containsExactly(List.of("test"), List.of("prod"), List.of("dev", "prod"));
        assertThat(report.findings().get(2).problem().fixes()).containsExactly(Fix.rename("size"), Fix.rename("sieve"));
        assertThat(report.render(Format.TEXT, STYLE))
                .isEqualTo("warning x: x waits:\n100% (in test)\n"
                        + "error SNAKE_PIPE_X__Y: y is not a key of x (in prod)\n"
                        + "error config/base/a.b~c d.cfg:2: siez is not a key of a.b; did you mean 'size'?"
                        + " (in dev, prod)\n"
                        + "2 errors, 1 warning in 3 environments\n");
    }

    @Test
    void namesNoEnvironmentsWhenThereIsOneAndSaysAllWhenAllHaveIt() {
        problems.put("dev", List.of(unknown()));
        assertThat(report().render(Format.TEXT, ReportStyle.in("")))
                .isEqualTo(
                        "error base/a.b~c d.cfg:2: siez is not a key of a.b\n1 error, 0 warnings in 1 environment\n");

        problems.put("prod", List.of(unknown()));
        assertThat(report().render(Format.TEXT, STYLE)).contains("a.b (in all environments)\n");
    }

    @Test
    void coloursWhenTheCallerSaysSo() {
        problems.put("dev", List.of(unknown()));
        ReportStyle style = new ReportStyle("config/", true, "", path -> Optional.empty());

        assertThat(report().render(Format.TEXT, style))
                .startsWith("\u001B[1;31merror\u001B[0m \u001B[1mconfig/base/a.b~c d.cfg:2\u001B[0m: siez")
                .endsWith("\u001B[1;31m1 error, 0 warnings in 1 environment\u001B[0m\n");
    }

    @Test
    void exitsWithOneForErrorsAndForWarningsWhenStrict() {
        problems.put("dev", List.of());
        assertThat(report().exitCode(true)).isZero();
        assertThat(report().render(Format.GITHUB, STYLE)).isEmpty();

        problems.put("test", List.of(waiting()));
        assertThat(report().exitCode(false)).isZero();
        assertThat(report().exitCode(true)).isEqualTo(1);

        problems.put("prod", List.of(unknown()));
        assertThat(report().exitCode(false)).isEqualTo(1);
    }

    @Test
    void writesJsonForScripts() throws IOException {
        problems.put("dev", List.of(unknown(Fix.rename("size")), variable()));

        String json = report().render(Format.JSON, STYLE);

        assertThat(JSON.std.mapFrom(json).toString())
                .isEqualTo("{problems=[{code=key.unknown, severity=error, environments=[dev], source=SNAKE_PIPE_X__Y,"
                        + " message=y is not a key of x, fixes=[]}, {code=key.unknown, severity=error,"
                        + " environments=[dev], id=a.b~c, key=siez, path=config/base/a.b~c d.cfg, line=2, column=3,"
                        + " message=siez is not a key of a.b, fixes=[{kind=RENAME, key=size, value=,"
                        + " text=did you mean 'size'?}]}], counts={errors=2, warnings=0, environments=1}}");
        assertThat(json).endsWith("}\n");
    }

    @Test
    void writesCommandsForGithub() {
        problems.put("dev", List.of(unknown(Fix.rename("size")), waiting(), variable()));
        problems.put("prod", List.of());

        assertThat(report().render(Format.GITHUB, ReportStyle.in("a:b,100%")))
                .isEqualTo("::warning title=pid.waiting::x: x waits:%0A100%25 (in dev)\n"
                        + "::error title=key.unknown::SNAKE_PIPE_X__Y: y is not a key of x (in dev)\n"
                        + "::error file=a%3Ab%2C100%25/base/a.b~c d.cfg,line=2,col=3,title=key.unknown::"
                        + "siez is not a key of a.b; did you mean 'size'? (in dev)\n");
    }

    @Test
    void writesSarifWithTheEditThatIsKnown() throws IOException {
        problems.put("dev", List.of(unknown(Fix.rename("size")), waiting()));
        byte[] content = "\uFEFF# c\r\n  siez = 1\r\n".getBytes(StandardCharsets.UTF_8);
        problems.replaceAll((name, list) -> list.stream()
                .map(problem -> problem.isError() ? at("base/a.b~c.cfg", problem) : problem)
                .toList());
        ReportStyle style = new ReportStyle(
                "my config/",
                false,
                "1.2",
                path -> path.equals("base/a.b~c.cfg") ? Optional.of(content) : Optional.empty());

        Map<String, Object> sarif = JSON.std.mapFrom(report().render(Format.SARIF, style));

        assertThat(sarif).containsEntry("version", "2.1.0");
        Map<String, Object> run = first(sarif, "runs");
        assertThat(run.get("tool").toString())
                .isEqualTo("{driver={name=Snake Pipe, version=1.2, rules=[{id=key.unknown,"
                        + " help={text=docs/problems.md#key.unknown}}, {id=pid.waiting,"
                        + " help={text=docs/problems.md#pid.waiting}}]}}");
        assertThat(((List<?>) run.get("results")).get(0).toString())
                .contains("level=warning", "logicalLocations=[{fullyQualifiedName=x}]");
        assertThat(((List<?>) run.get("results")).get(1).toString())
                .isEqualTo("{ruleId=key.unknown, ruleIndex=0, level=error, message={text=siez is not a key of a.b;"
                        + " did you mean 'size'?}, locations=[{physicalLocation={artifactLocation="
                        + "{uri=my%20config/base/a.b~c.cfg}, region={startLine=2, startColumn=3}}}],"
                        + " fixes=[{description={text=did you mean 'size'?}, artifactChanges=[{artifactLocation="
                        + "{uri=my%20config/base/a.b~c.cfg}, replacements=[{deletedRegion={startLine=2, startColumn=5,"
                        + " endLine=2, endColumn=7}, insertedContent={text=ze}}]}]}],"
                        + " properties={environments=[dev]}}");
    }

    private static Problem at(String path, Problem problem) {
        return Problem.error(problem.code(), problem.message())
                .id(ConfigId.parse("a.b~c"))
                .key("siez")
                .at(new Origin("base", path, 2, 3))
                .fixes(problem.fixes())
                .build();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> first(Map<String, Object> tree, String key) {
        return (Map<String, Object>) ((List<?>) tree.get(key)).get(0);
    }
}
