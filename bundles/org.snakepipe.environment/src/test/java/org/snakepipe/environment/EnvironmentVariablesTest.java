// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.environment.ConfigTrees.raw;
import static org.snakepipe.environment.ConfigTrees.texts;
import static org.snakepipe.environment.ConfigTrees.tree;

import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;

class EnvironmentVariablesTest {
    @Test
    void setsAKeyThatOnlyTheSchemaKnows() {
        Resolution resolution = tree().file("base/snakepipe.pipeline~demo.cfg", "source = x")
                .knows("snakepipe.pipeline", "batch.size", "source")
                .variable("SNAKE_PIPE_PIPELINE_DEMO__BATCH_SIZE", "200")
                .resolve("dev");

        assertThat(raw(resolution, "snakepipe.pipeline~demo", "batch.size")).isEqualTo("200");
        assertThat(resolution.problems()).isEmpty();
    }

    @Test
    void setsAKeyOfASingletonWithoutFile() {
        Resolution resolution = tree().singletons("snakepipe.monitor", "snakepipe.other")
                .knows("snakepipe.monitor", "port")
                .variable("SNAKE_PIPE_MONITOR__PORT", "8080")
                .resolve("dev");

        assertThat(raw(resolution, "snakepipe.monitor", "port")).isEqualTo("8080");
        assertThat(resolution.values()).containsOnlyKeys(ConfigId.parse("snakepipe.monitor"));
    }

    @Test
    void writesEveryOtherCharacterAsUnderscore() {
        Resolution resolution = tree().file("base/org.acme.thing~a-b.c.cfg", ".password = x", "Some-Key = y")
                .variable("SNAKE_PIPE_ORG_ACME_THING_A_B_C___PASSWORD", "geheim")
                .variable("SNAKE_PIPE_ORG_ACME_THING_A_B_C__SOME_KEY", "z")
                .resolve("dev");

        assertThat(resolution.problems()).isEmpty();
        assertThat(raw(resolution, "org.acme.thing~a-b.c", ".password")).isEqualTo("geheim");
        assertThat(raw(resolution, "org.acme.thing~a-b.c", "Some-Key")).isEqualTo("z");
    }

    @Test
    void findsAConfigurationWhoseNameHoldsTheSeparator() {
        Resolution resolution = tree().file("base/snakepipe.pipeline~a__b.cfg", "size = 1")
                .variable("SNAKE_PIPE_PIPELINE_A__B__SIZE", "2")
                .resolve("dev");

        assertThat(raw(resolution, "snakepipe.pipeline~a__b", "size")).isEqualTo("2");
    }

    @Test
    void leavesReservedAndForeignVariablesAlone() {
        ConfigTrees tree = tree().file("base/snakepipe.env.cfg", "x = 1").variable("PATH__X", "/bin");
        for (String reserved :
                new String[] {"ENV", "HOME", "CONFIG", "MASTER_KEY", "MASTER_KEY_FILE", "TOKEN", "JAVA_OPTS"}) {
            tree.variable("SNAKE_PIPE_" + reserved, "x");
        }

        assertThat(tree.resolve("dev").problems()).isEmpty();
    }

    @Test
    void warnsOfAVariableThatSetsNothing() {
        Resolution resolution = tree().file("base/snakepipe.pipeline~demo.cfg", "batch.size = 1")
                .knows("snakepipe.pipeline", "linger")
                .variable("SNAKE_PIPE_PIPELINE_DEMO__BATCHSIZE", "geheim")
                .variable("SNAKE_PIPE_PIPELINE_DEMMO__LINGR", "geheim")
                .variable("SNAKE_PIPE_SINK_JDBC_OUT__TABLE", "geheim")
                .resolve("dev");

        assertThat(texts(resolution))
                .containsExactly(
                        "WARNING SNAKE_PIPE_PIPELINE_DEMMO__LINGR: the variable sets nothing: no configuration has such"
                                + " a key; did you mean 'SNAKE_PIPE_PIPELINE_DEMO__LINGER'?",
                        "WARNING SNAKE_PIPE_PIPELINE_DEMO__BATCHSIZE: the variable sets nothing: no configuration has"
                                + " such a key; did you mean 'SNAKE_PIPE_PIPELINE_DEMO__BATCH_SIZE'?",
                        "WARNING SNAKE_PIPE_SINK_JDBC_OUT__TABLE: the variable sets nothing: no configuration has such"
                                + " a key");
        assertThat(resolution.problems()).allMatch(problem -> problem.code().equals("variable.unknown"));
    }

    @Test
    void rejectsAVariableThatMayMeanTwoThings() {
        Resolution resolution = tree().file("base/snakepipe.pipeline~a-b.cfg", "batch.size = 1", "batch_size = 2")
                .file("base/snakepipe.pipeline~a.b.cfg", "x = 1")
                .file("base/snakepipe.pipeline~a_b.cfg", "x = 1")
                .variable("SNAKE_PIPE_PIPELINE_A_B__X", "1")
                .variable("SNAKE_PIPE_PIPELINE_A_B__BATCH_SIZE", "1")
                .resolve("dev");

        assertThat(texts(resolution))
                .containsExactly(
                        "ERROR SNAKE_PIPE_PIPELINE_A_B__BATCH_SIZE: the variable may mean batch.size of"
                                + " snakepipe.pipeline~a-b or batch_size of snakepipe.pipeline~a-b (allowed: one);"
                                + " rename one of them",
                        "ERROR SNAKE_PIPE_PIPELINE_A_B__X: the variable may mean x of snakepipe.pipeline~a.b"
                                + " or x of snakepipe.pipeline~a_b (allowed: one); rename one of them",
                        "ERROR SNAKE_PIPE_PIPELINE_A_B__X: the variable may mean x of snakepipe.pipeline~a.b"
                                + " or x of snakepipe.pipeline~a_b (allowed: one); rename one of them");
        assertThat(resolution.problems().stream().map(problem -> problem.id().orElseThrow()))
                .as("whom it concerns")
                .extracting(ConfigId::name)
                .containsExactly("a-b", "a.b", "a_b");
        assertThat(resolution.problems().stream().map(problem -> problem.key().orElse("one of two")))
                .containsExactly("one of two", "x", "x");
        assertThat(raw(resolution, "snakepipe.pipeline~a.b", "x")).isEqualTo("1");
    }
}
