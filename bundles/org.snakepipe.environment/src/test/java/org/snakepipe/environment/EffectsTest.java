// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.tree;

import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;

class EffectsTest {
    private static final ConfigId X = ConfigId.parse("x");

    @Test
    void saysWhatASavedKeyIsHiddenBy() {
        Resolution resolution = tree().file("base/x.cfg", "batch.size = 1", "free = 1")
                .file("environments/prod/x.cfg", "", "batch.size = 2")
                .variable("SNAKE_PIPE_X__BATCH_SIZE", "200")
                .resolve("prod");

        assertThat(resolution.noEffect("base/x.cfg"))
                .containsExactly("no effect: batch.size is set to 200 by SNAKE_PIPE_X__BATCH_SIZE");
        assertThat(resolution.shadowed(X, "batch.size", "environments/prod/x.cfg"))
                .isPresent();
        assertThat(resolution.shadowed(X, "batch.size", "SNAKE_PIPE_X__BATCH_SIZE"))
                .isEmpty();
        assertThat(resolution.shadowed(X, "free", "base/x.cfg")).isEmpty();
        assertThat(resolution.shadowed(X, "none", "base/x.cfg")).isEmpty();
        assertThat(resolution.shadowed(ConfigId.parse("y"), "a", "base/x.cfg")).isEmpty();
        assertThat(resolution.written(X, "batch.size").orElseThrow().shadowed()).hasSize(2);
    }

    @Test
    void namesTheFileAndLineThatHides() {
        Resolution resolution = tree().file("base/x.yaml", "x:", "  a: 1", "  b: 1")
                .file("environments/prod/x.cfg", "", "a = 2", "b = $[unset]")
                .resolve("prod");

        assertThat(resolution.noEffect("base/x.yaml"))
                .containsExactly(
                        "no effect: a is set to 2 by environments/prod/x.cfg:2",
                        "no effect: b is unset by environments/prod/x.cfg:3");
    }

    @Test
    void countsWhatIsInherited() {
        Resolution resolution = tree().file("base/x.cfg", "a = 1")
                .file("environments/p/x.cfg", "a = 2")
                .file("environments/q/x.cfg", "a = $[inherited], 3")
                .file("environments/q/environment.cfg", "extends = p")
                .resolve("q");

        assertThat(resolution.noEffect("environments/p/x.cfg")).isEmpty();
        assertThat(resolution.noEffect("base/x.cfg"))
                .containsExactly("no effect: a is set to 2 by environments/p/x.cfg:1");
    }

    @Test
    void hidesSecretsAndLongValues() {
        Resolution resolution = tree().file("base/x.cfg", "pw = 1", "long = 1")
                .file("local/x.cfg", "pw = hunter2", "long = " + "y".repeat(100))
                .secretKey("x/pw")
                .resolve("dev");

        assertThat(resolution.noEffect("base/x.cfg"))
                .anyMatch(text -> text.equals("no effect: pw is set to <set> by local/x.cfg:1"))
                .anyMatch(text -> text.contains("yyy... by"));
    }

    @Test
    void saysThatAFileIsOfAnotherEnvironment() {
        ConfigTrees tree = tree().file("environments/prod/x.cfg", "a = 1").file("local/x.cfg", "a = 1");

        assertThat(tree.resolve("dev").noEffect("environments/prod/x.cfg"))
                .containsExactly("no effect: environments/prod/x.cfg is of layer environment prod,"
                        + " and dev does not stand on it");
        assertThat(tree.resolve("dev", Surroundings.offline()).noEffect("local/x.cfg"))
                .hasSize(1);
        assertThat(tree.resolve("dev").noEffect("README.md")).isEmpty();
    }
}
