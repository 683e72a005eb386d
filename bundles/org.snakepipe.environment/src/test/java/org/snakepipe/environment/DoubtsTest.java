// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

class DoubtsTest {
    private static final byte[] NOTHING = new byte[0];

    @Test
    void doubtsNothingThatIsRight() {
        assertThat(three().resolve("prod").doubts()).isEmpty();
    }

    @Test
    void doubtsNothingBecauseOfAWarning() {
        ConfigTrees tree = three().file("stray.txt", "").variable("SNAKE_PIPE_A__NONE", "1");

        Resolution resolution = tree.resolve("prod");

        assertThat(resolution.problems()).isNotEmpty();
        assertThat(resolution.doubts()).isEmpty();
    }

    @Test
    void doubtsNoOtherConfigurationThanTheOneThatIsWrong() {
        ConfigTrees tree = three().bytes("environments/prod/a.cfg", NOTHING)
                .file("environments/prod/b.cfg", "x = $[none]", "x = 2")
                .file("environments/prod/c.yaml", "c:", "  x: 1", "c:", "  x: 2");

        Resolution resolution = tree.resolve("prod");

        assertThat(resolution.problems()).hasSizeGreaterThan(3).allMatch(Problem::isError);
        assertThat(resolution.doubts()).isEmpty();
    }

    @Test
    void doubtsAllWhenTheSharedPropertiesAreWrong() {
        assertThat(doubts(three().bytes("local/properties.cfg", NOTHING)))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("file.empty");
        assertThat(doubts(three().file("base/properties.cfg", "p = $[env:NONE]")))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("word.env");
    }

    @Test
    void doubtsNothingBecauseOfPropertiesThatAreRight() {
        assertThat(three().file("base/properties.cfg", "p = 1").resolve("prod").doubts())
                .isEmpty();
    }

    @Test
    void doubtsAllWhenTheEnvironmentIsNotKnown() {
        Resolution resolution = three().resolve("prd");

        assertThat(doubts(resolution)).containsOnlyKeys("a", "b", "c").containsValue("environment.unknown");
    }

    @Test
    void doubtsAllWhenNobodyCanTellWhatTheEnvironmentExtends() {
        assertThat(doubts(three().bytes("environments/prod/environment.cfg", NOTHING)))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("file.empty");
        assertThat(doubts(three().file("environments/prod/environment.cfg", "extnds = eu")))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("key.unknown");
        assertThat(doubts(three().file("environments/prod/environment.cfg", "extends = eu")))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("environment.parent");
        assertThat(doubts(three().file("environments/prod/environment.cfg", "extends = eu")
                        .bytes("environments/eu/environment.cfg", NOTHING)))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("file.empty");
    }

    @Test
    void doubtsNothingBecauseOfAnotherEnvironment() {
        ConfigTrees tree =
                three().bytes("environments/eu/environment.cfg", NOTHING).bytes("eu.yaml", NOTHING);

        assertThat(tree.resolve("prod").doubts()).isEmpty();
    }

    @Test
    void doubtsAllWhenNobodyCanTellWhatAnOverrideIsOf() {
        assertThat(doubts(three().resolve("prod", overridden("{"))))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("json.syntax");
        assertThat(doubts(three().resolve("prod", overridden("{\"key\": \"x\"}"))))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("override.field");
    }

    @Test
    void doubtsNoOtherConfigurationThanTheOneOfAnOverride() {
        Resolution resolution = three().resolve("prod", overridden("{\"id\": \"a\"}"));

        assertThat(resolution.problems()).isNotEmpty().allMatch(Problem::isError);
        assertThat(resolution.doubts()).isEmpty();
    }

    private static Surroundings overridden(String json) {
        Overrides overrides = Overrides.parse(Map.of("data/overrides/o.json", json.getBytes(StandardCharsets.UTF_8)));
        return Surroundings.live(Map.of(), SecretNames.of(List.of())).withOverrides(overrides, Clock.systemUTC());
    }

    @Test
    void doubtsAllWhenAFlatFileThatMayDescribeTheEnvironmentCannotBeRead() {
        ConfigTrees tree = tree().file("base/a.cfg", "x = 1")
                .file("environments/prod/b.cfg", "x = 1")
                .file("prod.yaml", "environment: {extends: eu", "c: {x: 1}");

        assertThat(doubts(tree)).containsOnlyKeys("a", "b").containsValue("yaml.syntax");
    }

    @Test
    void doubtsAllWhenAFlatFileDescribesTheEnvironmentWrongly() {
        assertThat(doubts(three().file("prod.yaml", "environment:", "  extnds: eu")))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("key.unknown");
        assertThat(doubts(three().file("prod.yaml", "environment:", "extends: eu")))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("pid.keys");
        assertThat(doubts(three().file("prod.yaml", "environment: {}", "environment: {extends: eu}")))
                .containsOnlyKeys("a", "b", "c")
                .containsValue("environment.twice");
    }

    @Test
    void doubtsWhatTheLayerOfABrokenFileDoesNotSpeakOf() {
        ConfigTrees tree =
                three().file("environments/prod/a.cfg", "x = 2").bytes("environments/prod/more.yaml", NOTHING);

        assertThat(doubts(tree)).isEqualTo(Map.of("b", "file.empty", "c", "file.empty"));
    }

    @Test
    void doubtsWhatAFlatFileOfAllEnvironmentsDoesNotSpeakOf() {
        ConfigTrees tree = three().file("local/b.cfg", "x = 2").file("local.yaml", "c: {x: 2", "");

        assertThat(doubts(tree)).isEqualTo(Map.of("a", "yaml.syntax", "c", "yaml.syntax"));
    }

    @Test
    void doubtsWhatAnEntryWithABadNameMayMean() {
        ConfigTrees tree = tree().file("base/a.cfg", "x = 1")
                .file("base/b.cfg", "x = 1")
                .file("environments/prod/a.cfg", "x = 2")
                .file("prod.yaml", "c d:", "  x: 1");

        assertThat(doubts(tree)).isEqualTo(Map.of("b", "pid.name"));
    }

    @Test
    void doubtsTheOtherEntriesOfAFileWithAnEntryThatIsNone() {
        // What is indented by too little was to be a key of the entry before.
        ConfigTrees tree = tree().file("base/a.cfg", "x = 1").file("base/more.yaml", "b:", "  x: 1", "y: 2");

        assertThat(doubts(tree.resolve("dev"))).isEqualTo(Map.of("b", "pid.keys"));
    }

    @Test
    void namesTheFirstProblemByPlace() {
        ConfigTrees tree = three().bytes("base/more.yaml", NOTHING)
                .file("environments/prod/more.yaml", "?", "")
                .bytes("environments/prod/none.yaml", NOTHING);

        Resolution resolution = tree.resolve("prod");

        assertThat(resolution.problems()).hasSize(3);
        assertThat(resolution.doubts())
                .hasSize(3)
                .allSatisfy((id, problem) ->
                        assertThat(problem).isSameAs(resolution.problems().get(1)));
    }

    @Test
    void doubtsNothingBecauseOfAVariable() {
        Resolution resolution = tree().file("base/a-b.cfg", "x = 1")
                .file("base/a.b.cfg", "x = 1")
                .file("base/c.cfg", "x = 1")
                .variable("SNAKE_PIPE_A_B__X", "2")
                .resolve("dev");

        assertThat(resolution.problems()).hasSize(2).allMatch(Problem::isError);
        assertThat(resolution.doubts()).isEmpty();
    }

    @Test
    void doubtsAllWhenAVariableMayMeanTwoSharedProperties() {
        ConfigTrees tree =
                three().file("base/properties.cfg", "p.q = 1", "p_q = 2").variable("SNAKE_PIPE_PROPERTIES__P_Q", "3");

        assertThat(doubts(tree)).containsOnlyKeys("a", "b", "c").containsValue("variable.ambiguous");
    }

    /** Three configurations in the lowest layer. */
    private static ConfigTrees three() {
        return tree().file("base/a.cfg", "x = 1")
                .file("base/b.cfg", "x = 1")
                .file("base/c.cfg", "x = 1")
                .file("environments/prod/README.md", "");
    }

    private static Map<String, String> doubts(ConfigTrees tree) {
        return doubts(tree.resolve("prod"));
    }

    private static Map<String, String> doubts(Resolution resolution) {
        Map<String, String> codes = new TreeMap<>();
        resolution.doubts().forEach((ConfigId id, Problem problem) -> codes.put(id.toString(), problem.code()));
        return codes;
    }
}
