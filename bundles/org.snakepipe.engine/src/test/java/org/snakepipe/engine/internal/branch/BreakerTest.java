// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.engine.internal.settings.BestEffort;
import org.snakepipe.engine.internal.settings.Limits;

class BreakerTest {
    private static final long SECOND = 1_000_000_000;
    private static final Limits LIMITS = new Limits(1, 1, 1, Duration.ofMillis(10), Duration.ofMillis(100), 1);

    private final AtomicLong now = new AtomicLong();
    private final Breaker breaker = breaker();

    private Breaker breaker() {
        Breaker made = new Breaker(now::get);
        made.set(new BestEffort(List.of(), 3, Duration.ofSeconds(1), Duration.ofSeconds(4), 1), LIMITS);
        return made;
    }

    private void fail(int times) {
        for (int left = times; left > 0; left--) {
            breaker.failed();
            now.addAndGet(breaker.waitNanos());
        }
    }

    @Test
    void opensAfterSoManyFailuresInARow() {
        fail(2);
        assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.CLOSED);
        breaker.succeeded();
        fail(2);
        assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.CLOSED);

        breaker.failed();

        assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.OPEN);
        assertThat(breaker.waitNanos()).isBetween(SECOND / 2, SECOND);
    }

    @Test
    void isHalfOpenWhenItsTimeHasComeAndClosesWhenThatWorks() {
        fail(2);
        breaker.failed();
        now.addAndGet(breaker.waitNanos() - 1);
        assertThat(breaker.waitNanos()).isEqualTo(1);
        assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.OPEN);

        now.addAndGet(1);
        assertThat(breaker.waitNanos()).isZero();
        assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.HALF_OPEN);

        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.CLOSED);
        assertThat(breaker.isFailing()).isFalse();
    }

    @Test
    void waitsTwiceAsLongAfterEachTrialWithJitterUpToTheLongest() {
        fail(2);
        for (long due : new long[] {1, 2, 4, 4, 4}) {
            breaker.failed();
            assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.OPEN);
            assertThat(breaker.waitNanos()).isBetween(due * SECOND / 2, due * SECOND);
            now.addAndGet(breaker.waitNanos());
            breaker.waitNanos();
        }
        Set<Long> waits = new HashSet<>();
        for (int round = 0; round < 20; round++) {
            Breaker other = breaker();
            for (int failure = 0; failure < 3; failure++) {
                other.failed();
            }
            waits.add(other.waitNanos());
        }
        assertThat(waits).as("not all at the same time").hasSizeGreaterThan(1);
    }

    @Test
    void triesAtOnceWhenSomethingHasChanged() {
        fail(2);
        breaker.failed();
        assertThat(breaker.waitNanos()).isPositive();

        breaker.tryNow();

        assertThat(breaker.waitNanos()).isZero();
        assertThat(breaker.state()).isEqualTo(BestEffortSink.Breaker.HALF_OPEN);
    }
}
