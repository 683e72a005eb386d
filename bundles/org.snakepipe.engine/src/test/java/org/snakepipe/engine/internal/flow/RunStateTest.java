// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunStateTest {
    private final RunState state = new RunState("demo", null, new Counters());

    @Test
    void endsATroubleOnlyWhereItBegan() {
        state.trouble("sink", "the database is away");
        state.trouble("checkpoint", "the disk is full");

        state.troubleEnded("checkpoint");
        assertThat(state.trouble()).isEqualTo("the database is away");

        state.troubleEnded("checkpoint");
        state.troubleEnded("sink");
        assertThat(state.trouble()).isEmpty();
    }
}
