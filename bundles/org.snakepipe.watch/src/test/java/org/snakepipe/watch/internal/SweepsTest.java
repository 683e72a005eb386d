// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepsTest {
    private long now = -5;
    private final Sweeps sweeps = new Sweeps(() -> now);

    private Duration next(boolean there, boolean heard) {
        return Duration.ofNanos(sweeps.next(there, heard));
    }

    @Test
    void aRootWhoseBellsTellEverythingIsSeldomLookedAt() {
        assertThat(next(true, true)).isEqualTo(Sweeps.SELDOM);
    }

    @Test
    void whereBellsDoNotHangLooksAreOften() {
        assertThat(next(true, false)).isEqualTo(Sweeps.OFTEN);
        assertThat(next(true, true)).isEqualTo(Sweeps.SELDOM);
    }

    @Test
    void aRootThatIsAwayIsAwaited() {
        assertThat(next(false, true)).isEqualTo(Sweeps.AWAY);
        assertThat(next(false, false)).isEqualTo(Sweeps.AWAY);
    }

    @Test
    void afterAChangeThatNoBellToldLooksAreOftenForAWhile() {
        sweeps.found();
        assertThat(next(true, true)).isEqualTo(Sweeps.OFTEN);
        now += Sweeps.REMEMBERED.toNanos() - 1;
        assertThat(next(true, true)).isEqualTo(Sweeps.OFTEN);
        now += 1;
        assertThat(next(true, true)).isEqualTo(Sweeps.SELDOM);
    }

    @Test
    void eachOfThemCountsAnew() {
        sweeps.found();
        now += Sweeps.REMEMBERED.toNanos() - 1;
        sweeps.found();
        now += Sweeps.REMEMBERED.toNanos() - 1;
        assertThat(next(true, true)).isEqualTo(Sweeps.OFTEN);
    }
}
