// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final Origin PLACE = new Origin("base", "base/snakepipe.pipeline~orders.cfg", 4, 1);

    @Test
    void saysWhereWhatAndHowToMendIt() {
        Problem problem = Problem.error("key.unknown", "unknown key batch_size")
                .id(ConfigId.parse("snakepipe.pipeline~orders"))
                .key("batch_size")
                .at(PLACE)
                .fixes(List.of(Fix.rename("batch.size"), Fix.remove()))
                .build();

        assertThat(problem)
                .hasToString(
                        "base/snakepipe.pipeline~orders.cfg:4: unknown key batch_size; did you mean 'batch.size'?");
        assertThat(problem.isError()).isTrue();
        assertThat(problem.fixes()).containsExactly(Fix.rename("batch.size"), Fix.remove());
    }

    @Test
    void namesTheConfigurationWhenThereIsNoPlace() {
        Problem problem = Problem.warning("pid.waiting", "no plugin knows it")
                .id(ConfigId.parse("x.y~z"))
                .build();

        assertThat(problem).hasToString("x.y~z: no plugin knows it");
        assertThat(problem.isError()).isFalse();
        assertThat(problem.origin()).isEmpty();
        assertThat(problem.key()).isEmpty();
        assertThat(problem.code()).isEqualTo("pid.waiting");
        assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void fixesAreSentences() {
        assertThat(Fix.replace("true")).hasToString("did you mean 'true'?");
        assertThat(Fix.add("url = jdbc:h2:mem:")).hasToString("add 'url = jdbc:h2:mem:'");
        assertThat(Fix.remove()).hasToString("remove it");
        assertThat(Fix.rename("a").hashCode()).isEqualTo(Fix.rename("a").hashCode());
        assertThat(Fix.rename("a")).isNotEqualTo(Fix.replace("a"));
    }

    @Test
    void anOriginReadsLikeACompilersMessage() {
        assertThat(PLACE).hasToString("base/snakepipe.pipeline~orders.cfg:4");
        assertThat(new Origin("environment variable", "SNAKE_PIPE_X__Y", 0, 0)).hasToString("SNAKE_PIPE_X__Y");
        assertThatThrownBy(() -> new Origin("base", "x", -1, 0)).hasMessage("line -1, column 0 (allowed: 0 or more)");
    }

    @Test
    void aValueKeepsWhatItHides() {
        List<ConfigValue> hidden = new ArrayList<>(List.of(ConfigValue.of("1", PLACE)));

        ConfigValue value = new ConfigValue("2", PLACE, hidden);
        hidden.clear();

        assertThat(value.shadowed()).containsExactly(ConfigValue.of("1", PLACE));
    }
}
