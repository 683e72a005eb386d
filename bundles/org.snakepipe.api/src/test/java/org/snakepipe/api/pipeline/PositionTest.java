// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionTest {
    @Test
    void progressAddsUpPerPartition() {
        Position position =
                Position.START.plus(Position.of(Map.of("a", "1", "b", "1"))).plus(Position.of(Map.of("b", "2")));

        assertThat(position.offsets()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    }

    @Test
    void anEmptyOffsetForgetsThePartition() {
        Position position = Position.of(Map.of("a", "1", "b", "1")).plus(Position.of(Map.of("a", "")));

        assertThat(position).isEqualTo(Position.of(Map.of("b", "1")));
        assertThat(position).hasSameHashCodeAs(Position.of(Map.of("b", "1")));
    }

    @Test
    void noProgressIsTheSamePosition() {
        Position position = Position.of(Map.of("a", "1"));

        assertThat(position.plus(Position.START)).isSameAs(position);
        assertThat(Position.of(Map.of())).isSameAs(Position.START);
        assertThat(position).hasToString("{a=1}");
    }
}
