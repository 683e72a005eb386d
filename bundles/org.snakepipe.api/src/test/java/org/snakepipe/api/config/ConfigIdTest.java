// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigIdTest {
    @Test
    void onlyTheTildeSeparates() {
        ConfigId id = ConfigId.parse("snakepipe.sink.jdbc~eu-west.1");

        assertThat(id.pid()).isEqualTo("snakepipe.sink.jdbc");
        assertThat(id.name()).isEqualTo("eu-west.1");
        assertThat(id.isFactory()).isTrue();
        assertThat(id).hasToString("snakepipe.sink.jdbc~eu-west.1");
    }

    @Test
    void aPidWithoutTildeIsASingleton() {
        ConfigId id = ConfigId.parse("snakepipe.monitor");

        assertThat(id.isFactory()).isFalse();
        assertThat(id).isEqualTo(new ConfigId("snakepipe.monitor", "")).hasToString("snakepipe.monitor");
    }

    @Test
    void sortsByPidThenName() {
        assertThat(ConfigId.parse("a~x")).isLessThan(ConfigId.parse("a~y")).isGreaterThan(ConfigId.parse("a"));
        assertThat(ConfigId.parse("a~z")).isLessThan(ConfigId.parse("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", ".a", "a b", "a/b", "a.", "~x"})
    void refusesWhatIsNoPid(String text) {
        assertThatThrownBy(() -> ConfigId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a PID (allowed: words of letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a~-x", "a~x~y", "a~x y", "a~../x"})
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> ConfigId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a name (allowed: letters");
    }

    @Test
    void refusesAMissingName() {
        assertThatThrownBy(() -> ConfigId.parse("a~"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a~' has no name after '~'");
    }
}
