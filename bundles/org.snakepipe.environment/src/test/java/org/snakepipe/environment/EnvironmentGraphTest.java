// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.raw;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;

class EnvironmentGraphTest {
    private static final String ERROR = "ERROR environments/x/environment.cfg:1: ";

    @Test
    void listsEnvironmentsWithAncestorsAndDescription() {
        Environments environments = tree().file("environments/prod/x.cfg", "a = 1")
                .file("environments/eu/environment.cfg", "extends = prod", "description = Europe")
                .file("environments/empty/.gitkeep")
                .environments();

        assertThat(environments.list())
                .containsExactly(
                        plain("dev"),
                        plain("empty"),
                        new Environment("eu", List.of("prod"), List.of("prod"), "Europe", false, false, List.of()),
                        plain("prod"));
        assertThat(environments.problems()).isEmpty();
    }

    @Test
    void followsAChainOfAnyDepth() {
        ConfigTrees tree = tree().file("environments/e0/x.cfg", "a = 0");
        IntStream.rangeClosed(1, 20_000)
                .forEach(
                        level -> tree.file("environments/e" + level + "/environment.cfg", "extends = e" + (level - 1)));

        Resolution resolution = tree.resolve("e20000");

        assertThat(ancestors(resolution)).hasSize(20_000).startsWith("e0", "e1").endsWith("e19998", "e19999");
        assertThat(resolution.values()).containsKey(new ConfigId("x", ""));
        assertThat(resolution.problems()).isEmpty();
    }

    @Test
    void laysTheFirstParentOverTheSecond() {
        Resolution resolution = tree().file("environments/a/x.cfg", "k = a")
                .file("environments/b/x.cfg", "k = b", "m = b")
                .file("environments/ab/environment.cfg", "extends = a, b")
                .resolve("ab");

        assertThat(ancestors(resolution)).containsExactly("b", "a");
        assertThat(raw(resolution, "x", "k")).isEqualTo("a");
        assertThat(raw(resolution, "x", "m")).isEqualTo("b");
    }

    @Test
    void laysACommonAncestorOnceAndBelowBothParents() {
        Resolution resolution = tree().file("environments/prod/environment.cfg", "description = Production")
                .file("environments/eu/environment.cfg", "extends = prod")
                .file("environments/blue/environment.cfg", "extends = prod")
                .file("environments/eu-blue/environment.cfg", "extends = eu, blue")
                .resolve("eu-blue");

        assertThat(resolution.problems()).isEmpty();
        assertThat(ancestors(resolution)).containsExactly("prod", "blue", "eu");
        assertThat(resolution.environment().parents()).containsExactly("eu", "blue");
    }

    @Test
    void namesTheTwoOrdersThatContradictOneAnother() {
        Resolution resolution = tree().file("environments/x/environment.cfg", "description = X")
                .file("environments/y/environment.cfg", "description = Y")
                .file("environments/a/environment.cfg", "extends = x, y")
                .file("environments/b/environment.cfg", "extends = y, x")
                .file("environments/z/environment.cfg", "extends = a, b")
                .file("environments/zz/environment.cfg", "extends = z")
                .resolve("zz");

        assertThat(texts(resolution))
                .containsExactly("ERROR environments/z/environment.cfg:1: extends = a, b: the orders contradict one"
                        + " another: y before x (b), but x before y (a)"
                        + " (allowed: an order that no ancestor turns round)");
        assertThat(resolution.problems().get(0).code()).isEqualTo("environment.order");
        assertThat(ancestors(resolution)).isEmpty();
    }

    @Test
    void namesTheOrderOfTheEnvironmentItselfWhenItIsOneOfThem() {
        Resolution resolution = tree().file("environments/x/environment.cfg", "description = X")
                .file("environments/a/environment.cfg", "extends = x")
                .file("environments/z/environment.cfg", "extends = x, a")
                .resolve("z");

        assertThat(texts(resolution))
                .containsExactly("ERROR environments/z/environment.cfg:1: extends = x, a: the orders contradict one"
                        + " another: x before a (extends of z), but a before x (a)"
                        + " (allowed: an order that no ancestor turns round)");
    }

    @Test
    void letsAnEnvironmentExtendDevWithoutDirectory() {
        Resolution resolution = tree().file("environments/mine/environment.cfg", "extends = dev")
                .resolve("mine");

        assertThat(resolution.problems()).isEmpty();
        assertThat(ancestors(resolution)).containsExactly("dev");
    }

    @Test
    void rejectsAnUnknownEnvironment() {
        Resolution resolution = tree().file("base/x.cfg", "a = 1")
                .file("environments/prod/x.cfg", "a = 2")
                .resolve("prd");

        assertThat(texts(resolution))
                .containsExactly("ERROR there is no environment 'prd' (allowed: dev, prod); did you mean 'prod'?");
        assertThat(resolution.problems().get(0).code()).isEqualTo("environment.unknown");
        assertThat(resolution.problems().get(0).fixes()).containsExactly(Fix.replace("prod"));
        assertThat(resolution.environment()).isEqualTo(plain("prd"));
    }

    @Test
    void namesAFewOfManyEnvironments() {
        ConfigTrees tree = tree();
        IntStream.range(0, 30).forEach(number -> tree.file("environments/e" + number + "/.gitkeep"));

        assertThat(texts(tree.resolve("x")).get(0)).endsWith("e24, e25 and 11 more)");
    }

    @Test
    void rejectsAnUnknownParent() {
        Resolution resolution = tree().file("environments/prod/x.cfg", "a = 2")
                .file("environments/eu/environment.cfg", "# Europe", "extends = dev, prd")
                .file("environments/berlin/environment.cfg", "extends = eu")
                .resolve("berlin");

        assertThat(texts(resolution))
                .containsExactly("ERROR environments/eu/environment.cfg:2: extends = dev, prd: there is no environment"
                        + " prd (allowed: berlin, dev, prod); did you mean 'dev, prod'?");
        assertThat(ancestors(resolution)).isEmpty();
    }

    @Test
    void rejectsACycleAndPrintsTheChain() {
        Resolution resolution = tree().file("environments/a/environment.cfg", "description = A", "extends = d, b")
                .file("environments/b/environment.cfg", "extends = a")
                .file("environments/c/environment.cfg", "extends = a")
                .file("environments/d/environment.cfg", "description = D")
                .resolve("c");

        assertThat(texts(resolution))
                .containsExactly(
                        "ERROR environments/a/environment.cfg:2: extends makes a cycle: a -> b -> a",
                        "ERROR environments/b/environment.cfg:1: extends makes a cycle: b -> a -> b");
        assertThat(ancestors(resolution)).isEmpty();
    }

    @Test
    void rejectsAnEnvironmentThatExtendsItself() {
        Resolution resolution =
                tree().file("environments/a/environment.cfg", "extends = a").resolve("a");

        assertThat(texts(resolution))
                .containsExactly("ERROR environments/a/environment.cfg:1: extends makes a cycle: a -> a");
    }

    @Test
    void readsOnlyWhatTheActiveEnvironmentStandsOn() {
        ConfigTrees tree = tree().file("environments/a/environment.cfg", "extends = a")
                .file("environments/b/environment.cfg", "extend = dev");

        assertThat(texts(tree.resolve("dev"))).isEmpty();
        assertThat(tree.environments().problems().stream().map(Problem::toString))
                .containsExactly(
                        "environments/a/environment.cfg:1: extends makes a cycle: a -> a",
                        "environments/b/environment.cfg:1: extend is no key of an environment (allowed: auto.apply,"
                                + " description, extends, protected, unchecked.pids); did you mean 'extends'?");
    }

    @Test
    void rejectsAnEmptyAndARepeatedParent() {
        String allowed = " (allowed: NAME, or several with commas)";

        assertThat(parents("a,")).containsExactly(ERROR + "extends = a, has an empty element" + allowed);
        assertThat(parents("a, a")).containsExactly(ERROR + "extends = a, a names an environment twice" + allowed);
        assertThat(parents("")).containsExactly(ERROR + "extends = names no environment" + allowed);
    }

    private static List<String> parents(String text) {
        return texts(tree().file("environments/a/.gitkeep")
                .file("environments/x/environment.cfg", "extends = " + text)
                .resolve("x"));
    }

    @Test
    void standsOnNothingWhenAnAncestorIsBroken() {
        Resolution resolution = tree().file("environments/a/environment.cfg", "extends = x,,y")
                .file("environments/b/environment.cfg", "extends = a")
                .resolve("b");

        assertThat(ancestors(resolution)).isEmpty();
        assertThat(resolution.problems()).hasSize(1);
    }

    @Test
    void inheritsProtectionFromTheNearestAncestorThatSpeaksOfIt() {
        ConfigTrees tree = tree().file(
                        "environments/prod/environment.cfg",
                        "protected = true",
                        "unchecked.pids = a.b, c",
                        "description=P")
                .file("environments/eu/environment.cfg", "extends = prod", "auto.apply = true")
                .file("environments/test/environment.cfg", "extends = eu", "protected = false", "auto.apply = false");

        assertThat(tree.resolve("eu").environment())
                .isEqualTo(
                        new Environment("eu", List.of("prod"), List.of("prod"), "", true, true, List.of("a.b", "c")));
        assertThat(tree.resolve("test").environment().guarded()).isFalse();
        assertThat(tree.resolve("test").environment().autoApply()).isFalse();
        assertThat(tree.resolve("test").environment().uncheckedPids()).containsExactly("a.b", "c");
    }

    @Test
    void rejectsWrongTypesAndWords() {
        assertThat(texts(tree().file(
                                "environments/x/environment.cfg",
                                "protected = yes",
                                "unchecked.pids = a b",
                                "description = $[env:X]")
                        .resolve("x")))
                .containsExactly(
                        ERROR + "protected = yes is no Boolean (allowed: true, false)",
                        "ERROR environments/x/environment.cfg:2: unchecked.pids: 'a b' is not a PID (allowed: words of"
                                + " letters, digits, '_' and '-', separated by '.')",
                        "ERROR environments/x/environment.cfg:3: description holds a word: here words are not resolved");
        assertThat(texts(tree().bytes("environments/x/environment.cfg", new byte[0])
                        .resolve("x")))
                .containsExactly("ERROR environments/x/environment.cfg: the file is empty: probably half written;"
                        + " delete the file, or put a comment into it, when there is nothing to say");
    }

    private static Environment plain(String name) {
        return new Environment(name, List.of(), List.of(), "", false, false, List.of());
    }

    private static List<String> ancestors(Resolution resolution) {
        return resolution.environment().ancestors();
    }
}
