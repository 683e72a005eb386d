// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunStateTest {
    private final RunState state = new RunState("demo", null, new Counters());

    @Test
    void hidesNoTroubleBehindAnother() {
        state.trouble("quarantine", "cannot keep rejected records");
        state.trouble("checkpoint", "cannot write the checkpoint");

        assertThat(state.trouble()).isEqualTo("cannot keep rejected records; and cannot write the checkpoint");

        state.trouble("one", "x 1");
        state.trouble("two", "x 1");
        state.trouble("three", "x 2");
        assertThat(state.trouble()).endsWith("; and x 1; and 1 more");
    }

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
