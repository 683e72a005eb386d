// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineSwitchTest {
    private final Line first = line();
    private final LineSwitch lines = new LineSwitch(first);

    private static Line line() {
        return new Line(List.of(), List.of(), Optional.empty());
    }

    @Test
    void letsBatchesIntoTheLineOfTheMoment() throws InterruptedException {
        Line next = line();

        assertThat(lines.enter()).isSameAs(first);
        lines.swap(next);

        assertThat(lines.enter()).isSameAs(next);
        assertThat(first.enter()).isFalse();
    }

    /** A source may end while a change of its pipeline is being opened. */
    @Test
    void givesBackALineThatComesAfterTheEnd() {
        Line late = line();

        lines.end();
        lines.swap(late);

        assertThat(late.enter()).as("what was opened for it is closed").isFalse();
        assertThat(lines.now()).isSameAs(first);
        assertThatThrownBy(lines::enter).isInstanceOf(InterruptedException.class);
    }
}
