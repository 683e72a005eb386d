// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.raw;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

class OverridesTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final ConfigId X = ConfigId.parse("x");

    @Test
    void laysOverridesOverEverythingAndSaysWhoAndWhy() {
        Resolution resolution = resolve(
                tree().file("base/x.cfg", "size = 1").variable("SNAKE_PIPE_X__SIZE", "2"),
                one("x", "size", "3", ", \"expiry\": \"2026-05-01T18:00:00Z\""));

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "size")).isEqualTo(3L);
        assertThat(resolution.values().get(X).get("size").origin())
                .hasToString("o.json:1")
                .extracting("layer")
                .isEqualTo("override by ann: sale, until 2026-05-01T18:00:00Z");
        assertThat(resolution.nextExpiry()).contains(Instant.parse("2026-05-01T18:00:00Z"));
        assertThat(resolution.shadowed(X, "size", "base/x.cfg").orElseThrow())
                .hasToString("no effect: size is set to 3 by o.json:1"
                        + " (override by ann: sale, until 2026-05-01T18:00:00Z)");
    }

    @Test
    void forgetsOverridesThatHaveEnded() {
        Resolution resolution = resolve(
                tree().file("base/x.cfg", "size = 1"), one("x", "size", "3", ", \"expiry\": \"2026-05-01T12:00:00Z\""));

        assertThat(raw(resolution, "x", "size")).isEqualTo("1");
        assertThat(resolution.nextExpiry()).isEmpty();
    }

    @Test
    void readsListsOfOverrides() {
        String list = "[" + one("x", "a", "[\"$[inherited]\", \"z\"]", "") + "," + one("x", "b", "true", "") + "]";

        Resolution resolution = resolve(tree().file("base/x.cfg", "a = y"), list);

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "x", "a")).isEqualTo(List.of("y", "z"));
        assertThat(raw(resolution, "x", "b")).isEqualTo(true);
    }

    @Test
    void setsAKeyOfASingletonWithoutFileAndNothingElse() {
        ConfigTrees tree = tree().singletons("y");

        assertThat(raw(resolve(tree, one("y", "a", "1", "")), "y", "a")).isEqualTo(1L);
        assertThat(texts(resolve(tree, one("z", "a", "1", ""))))
                .containsExactly("WARNING o.json:1: the override sets nothing: there is no z");
    }

    @Test
    void rejectsTheSameOverrideTwice() {
        String list = "[" + one("x", "a", "1", "") + ",\n" + one("x", "a", "2", "") + "]";

        assertThat(texts(resolve(tree().file("base/x.cfg", "a = y"), list)))
                .containsExactly("ERROR o.json:2: a is overridden twice, here and in o.json:1 (allowed: once)");
    }

    @Test
    void tellsTwoOverridesInOneLineApart() {
        String list = "[" + one("x", "a", "1", "") + ", " + one("x", "a", "2", "") + "]";

        assertThat(texts(resolve(tree().file("base/x.cfg", "a = y"), list)))
                .containsExactly("ERROR o.json:1: a is overridden twice, here (o.json:1:74) and in o.json:1:2"
                        + " (allowed: once)");
    }

    @Test
    void saysWhatIsWrongWithAnOverride() {
        assertThat(wrong("{\"id\": \"x\"}"))
                .containsExactly("key is missing", "value is missing", "author is missing", "reason is missing");
        assertThat(wrong(one("x", "a", "1", ", \"expires\": \"x\"")))
                .containsExactly(
                        "expires is no key of an override" + " (allowed: id, key, value, author, reason, expiry)");
        assertThat(wrong(one("x", "a", "1", ", \"expiry\": \"tomorrow\"")))
                .containsExactly("expiry is no instant (allowed: for example 2027-01-31T18:00:00Z)");
        assertThat(wrong(one("x y", "a", "1", "")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("id: 'x y' is not a PID");
        assertThat(wrong("[1]"))
                .containsExactly("an override is an object (allowed: id, key, value, author, reason, expiry)");
        assertThat(wrong("{")).hasSize(1);
    }

    @Test
    void leavesNotesAndLeftoversAlone() {
        byte[] text = "no override".getBytes(StandardCharsets.UTF_8);
        for (String name : List.of(
                "README.md",
                "README",
                ".o.json.swp",
                "o.json~",
                "#o.json#",
                "4913",
                "o.json.bak",
                "..data/o.json",
                ".hidden.json")) {
            assertThat(Overrides.parse(Map.of("data/overrides/" + name, text)))
                    .as(name)
                    .isEqualTo(Overrides.NONE);
        }
    }

    @Test
    void warnsOfAFileThatIsNotRead() {
        Overrides overrides = Overrides.parse(Map.of(
                "data/overrides/e.txt", one("x", "a", "1", "").getBytes(StandardCharsets.UTF_8),
                "data/overrides/e.yaml", "id: x".getBytes(StandardCharsets.UTF_8)));

        String message = ": the file is not read: its name has no ending that is known (allowed: NAME.json)";
        assertThat(overrides.list()).isEmpty();
        assertThat(overrides.problems())
                .hasToString("[data/overrides/e.txt" + message + ", data/overrides/e.yaml" + message + "]");
        assertThat(overrides.problems())
                .allMatch(problem -> problem.code().equals("file.format") && !problem.isError());
    }

    @Test
    void namesTheConfigurationOfAnOverrideThatIsWrong() {
        assertThat(ids("{\"id\": \"x\"}")).hasSize(4).containsOnly(Optional.of(X));
        assertThat(ids(one("x", "a", "1", ", \"expires\": \"x\""))).containsExactly(Optional.of(X));
        assertThat(ids(one("x", "a", "null", ""))).isNotEmpty().containsOnly(Optional.of(X));
        assertThat(ids(one("x", "a", "1", ", \"expiry\": \"tomorrow\""))).containsExactly(Optional.of(X));
        assertThat(ids(one("x", "a", "1", ", \"Key\": \"b\""))).containsExactly(Optional.of(X));
    }

    @Test
    void namesNoConfigurationWhenNobodyCanTellWhichIsMeant() {
        assertThat(ids(one("x y", "a", "1", ""))).containsExactly(Optional.empty());
        assertThat(ids(one("x", "a", "1", ", \"id\": \"y\""))).containsExactly(Optional.empty());
        assertThat(ids(one("x", "a", "1", ", \"ID\": \"y\""))).containsExactly(Optional.empty());
        assertThat(ids("{\"key\": \"a\"}")).hasSize(4).containsOnly(Optional.empty());
        assertThat(ids("[1]")).containsExactly(Optional.empty());
    }

    @Test
    void suggestsTheConfigurationThatIsMeant() {
        ConfigTrees tree = tree().file("base/snakepipe.pipeline~demo.cfg", "a = 1")
                .file("base/snakepipe.sink.file~out.cfg", "a = 1")
                .singletons("snakepipe.monitor");

        Problem demo = resolve(tree, one("snakepipe.pipeline~demos", "a", "1", ""))
                .problems()
                .get(0);
        Problem monitor =
                resolve(tree, one("snakepipe.moniter", "a", "1", "")).problems().get(0);

        assertThat(demo)
                .hasToString("o.json:1: the override sets nothing: there is no snakepipe.pipeline~demos;"
                        + " did you mean 'snakepipe.pipeline~demo'?");
        assertThat(demo.fixes()).containsExactly(Fix.replace("snakepipe.pipeline~demo"));
        assertThat(demo.key()).as("what the fix replaces").contains("id");
        assertThat(monitor.fixes()).containsExactly(Fix.replace("snakepipe.monitor"));
    }

    private static List<Optional<ConfigId>> ids(String json) {
        return Overrides.parse(Map.of("o.json", json.getBytes(StandardCharsets.UTF_8))).problems().stream()
                .map(Problem::id)
                .toList();
    }

    private static List<String> wrong(String json) {
        Overrides overrides = Overrides.parse(Map.of("o.json", json.getBytes(StandardCharsets.UTF_8)));
        assertThat(overrides.list()).isEmpty();
        return overrides.problems().stream().map(Problem::message).toList();
    }

    private static String one(String id, String key, String value, String more) {
        return "{\"id\": \"" + id + "\", \"key\": \"" + key + "\", \"value\": " + value
                + ", \"author\": \"ann\", \"reason\": \"sale\"" + more + "}";
    }

    private static Resolution resolve(ConfigTrees tree, String json) {
        Overrides overrides = Overrides.parse(Map.of("o.json", json.getBytes(StandardCharsets.UTF_8)));
        Surroundings surroundings = Surroundings.live(Map.of("SNAKE_PIPE_X__SIZE", "2"), SecretNames.of(List.of()))
                .withOverrides(overrides, Clock.fixed(NOON, ZoneOffset.UTC));
        return tree.resolve(
                "dev",
                tree.hasVariables()
                        ? surroundings
                        : new Surroundings(
                                true, true, Map.of(), surroundings.secrets(), overrides, surroundings.clock()));
    }
}
