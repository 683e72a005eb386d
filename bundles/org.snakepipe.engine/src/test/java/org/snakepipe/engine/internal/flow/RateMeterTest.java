// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    @Test
    void showsTheRateOfTheLastSeconds() {
        AtomicLong now = new AtomicLong();
        RateMeter meter = new RateMeter(now::get);

        assertThat(meter.perSecond(100)).isZero();
        now.set(TimeUnit.SECONDS.toNanos(2));
        assertThat(meter.perSecond(300)).isEqualTo(100);
        for (int second = 3; second < 20; second++) {
            now.set(TimeUnit.SECONDS.toNanos(second));
            meter.perSecond(300);
        }
        assertThat(meter.perSecond(300)).isZero();
        assertThat(meter.perSecond(0)).as("after a reset").isZero();
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(meter.perSecond(40)).as("since the reset").isEqualTo(20);
    }
}
