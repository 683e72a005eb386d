// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.Overrides;
import org.snakepipe.environment.RuntimeOverride;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.ParsedFile;
import org.snakepipe.environment.internal.source.Place;

/** Whatever a file holds, it is read, or it is said where it cannot be read; no parser ends in an exception. */
class AnyBytesTest {
    @Property
    void everyParserSurvivesAnyBytes(@ForAll @Size(max = 300) byte[] bytes) {
        parse(bytes);
    }

    @Property
    void everyParserSurvivesAnyText(@ForAll String text) {
        parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void everyParserSurvivesWhatLooksLikeItsFormat(@ForAll("scraps") List<String> scraps) {
        parse(String.join("", scraps).getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void everyWordIsResolvedOrReported(@ForAll("words") List<String> scraps) {
        String text = "a = " + String.join("", scraps) + "\nb = x\n";
        EnvironmentManager manager = new EnvironmentResolver();

        manager.resolve(
                manager.read(Map.of("base/x.cfg", text.getBytes(StandardCharsets.UTF_8))),
                "dev",
                Surroundings.live(Map.of("A", "$[env:A]"), SecretNames.of(List.of("s"))),
                KnownKeys.NOTHING);
    }

    @Provide
    Arbitrary<List<String>> scraps() {
        return Arbitraries.of(
                        "a",
                        "b.c",
                        "x~y",
                        ":",
                        ": ",
                        "\n",
                        "\n  ",
                        "\n    ",
                        "- ",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "\"",
                        "'",
                        "&a ",
                        "*a",
                        "!t ",
                        "#",
                        "|\n",
                        ">\n",
                        "? ",
                        "---\n",
                        "...\n",
                        "%YAML 1.2\n",
                        "\\",
                        "\\u00",
                        "=",
                        "null",
                        "1",
                        "1e9",
                        "true",
                        "/*",
                        "*/",
                        "//",
                        "\t",
                        "\r",
                        "\"a:Integer\":",
                        "environment",
                        "<<: ",
                        "\uFEFF",
                        "😀",
                        "@",
                        "`",
                        "\"id\":",
                        "\"key\":",
                        "\"expiry\":")
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.of(
                        "$",
                        "$[",
                        "[",
                        "]",
                        "$$[",
                        "env:A",
                        "env:B",
                        "prop:a",
                        "prop:b",
                        "secret:s",
                        ";default=",
                        ";",
                        ":",
                        "inherited",
                        "unset",
                        ", ",
                        "\\\\,",
                        "x",
                        "$[env:A]",
                        "$[prop:b]",
                        "cipher:")
                .list()
                .ofMaxSize(20);
    }

    private static void parse(byte[] bytes) {
        ConfigId id = ConfigId.parse("x");
        for (Format format : Format.values()) {
            Place place =
                    new Place("prod." + format, "environment prod", format.holdsSeveral() ? null : id, format, true);
            ParsedFile file = Formats.parse(place, bytes);
            assertThat(file.readable() || !file.problems().isEmpty()).isTrue();
            check(file.problems(), bytes);
            file.blocks()
                    .forEach(block -> block.values()
                            .values()
                            .forEach(value -> assertThat(value.origin().line()).isPositive()));
        }
        List<RuntimeOverride> overrides = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        OverrideReader.read("o.json", bytes, overrides, problems);
        check(problems, bytes);
        Overrides.parse(Map.of("o.json", bytes));
    }

    private static void check(List<Problem> problems, byte[] bytes) {
        for (Problem problem : problems) {
            assertThat(problem.origin()).isPresent();
            assertThat(problem.origin().get().line() > 0 || bytes.length == 0)
                    .as("%s has a line", problem)
                    .isTrue();
        }
    }
}
