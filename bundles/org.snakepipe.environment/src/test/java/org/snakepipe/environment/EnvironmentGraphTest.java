// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;

class EnvironmentGraphTest {
    @Test
    void listsEnvironmentsWithAncestorsAndDescription() {
        Resolution resolution = tree().file("environments/prod/x.cfg", "a = 1")
                .file("environments/eu/environment.cfg", "extends = prod", "description = Europe")
                .file("environments/empty/.gitkeep")
                .resolve("dev");

        assertThat(resolution.environments())
                .containsExactly(
                        new Environment("dev", List.of(), ""),
                        new Environment("empty", List.of(), ""),
                        new Environment("eu", List.of("prod"), "Europe"),
                        new Environment("prod", List.of(), ""));
    }

    @Test
    void followsAChainOfAnyDepth() {
        ConfigTrees tree = tree().file("environments/e0/x.cfg", "a = 0");
        IntStream.rangeClosed(1, 300)
                .forEach(
                        level -> tree.file("environments/e" + level + "/environment.cfg", "extends = e" + (level - 1)));

        Resolution resolution = tree.resolve("e300");

        assertThat(resolution.ancestors()).hasSize(300).startsWith("e0", "e1").endsWith("e298", "e299");
        assertThat(resolution.values()).containsKey(new ConfigId("x", ""));
        assertThat(resolution.problems()).isEmpty();
    }

    @Test
    void letsAnEnvironmentExtendDevWithoutDirectory() {
        Resolution resolution = tree().file("environments/mine/environment.cfg", "extends = dev")
                .resolve("mine");

        assertThat(resolution.problems()).isEmpty();
        assertThat(resolution.ancestors()).containsExactly("dev");
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
        assertThat(resolution.environment()).isEqualTo("prd");
        assertThat(resolution.ancestors()).isEmpty();
    }

    @Test
    void rejectsAnUnknownParent() {
        Resolution resolution = tree().file("environments/prod/x.cfg", "a = 2")
                .file("environments/eu/environment.cfg", "# Europe", "extends = prd")
                .file("environments/berlin/environment.cfg", "extends = eu")
                .resolve("berlin");

        assertThat(texts(resolution))
                .containsExactly("ERROR environments/eu/environment.cfg:2: extends = prd: there is no environment prd"
                        + " (allowed: berlin, dev, prod); did you mean 'prod'?");
        assertThat(resolution.ancestors()).isEmpty();
    }

    @Test
    void rejectsACycleAndPrintsTheChain() {
        Resolution resolution = tree().file("environments/a/environment.cfg", "description = A", "extends = b")
                .file("environments/b/environment.cfg", "extends = a")
                .file("environments/c/environment.cfg", "extends = a")
                .resolve("c");

        assertThat(texts(resolution))
                .containsExactly(
                        "ERROR environments/a/environment.cfg:2: extends makes a cycle: a -> b -> a",
                        "ERROR environments/b/environment.cfg:1: extends makes a cycle: b -> a -> b");
        assertThat(resolution.environments())
                .allSatisfy(one -> assertThat(one.ancestors()).isEmpty());
    }

    @Test
    void rejectsAnEnvironmentThatExtendsItself() {
        Resolution resolution =
                tree().file("environments/a/environment.cfg", "extends = a").resolve("a");

        assertThat(texts(resolution))
                .containsExactly("ERROR environments/a/environment.cfg:1: extends makes a cycle: a -> a");
    }

    @Test
    void onlyWarnsOfErrorsThatTheActiveEnvironmentDoesNotStandOn() {
        Resolution resolution = tree().file("environments/a/environment.cfg", "extends = a")
                .file("environments/b/environment.cfg", "extend = dev")
                .resolve("dev");

        assertThat(texts(resolution))
                .containsExactly(
                        "WARNING environments/a/environment.cfg:1: extends makes a cycle: a -> a",
                        "WARNING environments/b/environment.cfg:1: extend is not a key of environment.cfg"
                                + " (allowed: description, extends); did you mean 'extends'?");
    }

    @Test
    void rejectsSeveralParentsAndNone() {
        assertThat(texts(tree().file("environments/x/environment.cfg", "extends = a, b")
                        .resolve("x")))
                .containsExactly("ERROR environments/x/environment.cfg:1: extends = a, b names 2 parents (allowed: 1)");
        assertThat(texts(tree().file("environments/x/environment.cfg", "extends =")
                        .resolve("x")))
                .containsExactly("ERROR environments/x/environment.cfg:1: extends = names 0 parents (allowed: 1)");
    }

    @Test
    void rejectsACommaAfterTheParent() {
        assertThat(texts(tree().file("environments/x/environment.cfg", "extends = a,")
                        .resolve("x")))
                .containsExactly("ERROR environments/x/environment.cfg:1: extends = a, holds a comma"
                        + " (allowed: the name of 1 parent)");
    }

    @Test
    void standsOnNothingWhenAnAncestorIsBroken() {
        Resolution resolution = tree().file("environments/a/environment.cfg", "extends = x, y")
                .file("environments/b/environment.cfg", "extends = a")
                .resolve("b");

        assertThat(resolution.ancestors()).isEmpty();
        assertThat(texts(resolution))
                .containsExactly("ERROR environments/a/environment.cfg:1: extends = x, y names 2 parents (allowed: 1)");
    }

    @Test
    void rejectsUnknownKeysWordsAndEmptyDescriptions() {
        assertThat(texts(tree().file("environments/x/environment.cfg", "protected = true", "description = $[env:X]")
                        .resolve("x")))
                .containsExactly(
                        "ERROR environments/x/environment.cfg:1: protected is not a key of environment.cfg"
                                + " (allowed: description, extends)",
                        "ERROR environments/x/environment.cfg:2: description holds $[env:...]:"
                                + " words are not resolved: write the value");
        assertThat(texts(tree().bytes("environments/x/environment.cfg", new byte[0])
                        .resolve("x")))
                .containsExactly("ERROR environments/x/environment.cfg: the file is empty: probably half written;"
                        + " delete the file, or put a comment into it, when there is nothing to say");
    }
}
