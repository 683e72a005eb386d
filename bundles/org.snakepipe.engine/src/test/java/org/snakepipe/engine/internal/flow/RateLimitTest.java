// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong now = new AtomicLong(1);

    private long passIn(RateLimit limit, long millis) {
        long passed = 0;
        for (long i = 0; i < millis; i++) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
            int may = limit.available(1_000_000);
            limit.passed(may);
            passed += may;
        }
        return passed;
    }

    @Test
    void letsEverythingPassWithoutALimit() {
        RateLimit limit = new RateLimit(now::get, 0);

        assertThat(limit.available(1_000)).isEqualTo(1_000);
        limit.passed(1_000);
        assertThat(limit.available(1_000)).isEqualTo(1_000);
        assertThat(limit.nanosToNext()).isZero();
    }

    @Test
    void letsTheRatePassEvenly() {
        RateLimit limit = new RateLimit(now::get, 5);

        assertThat(passIn(limit, 1_000)).isBetween(5L, 6L);
        assertThat(passIn(limit, 10_000)).isBetween(49L, 51L);
        assertThat(limit.nanosToNext()).isBetween(0L, TimeUnit.MILLISECONDS.toNanos(200));
    }

    @Test
    void savesUpNoMoreThanAPortionWhileNobodyAsks() {
        RateLimit limit = new RateLimit(now::get, 1_000);
        limit.available(1);
        now.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertThat(limit.available(1_000_000)).isEqualTo(100);
    }

    @Test
    void forgetsWhatWasSavedUpWhenTheRateChanges() {
        RateLimit limit = new RateLimit(now::get, 1_000_000);
        limit.available(1);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        limit.set(5);

        assertThat(limit.available(1_000_000)).isEqualTo(1);
        limit.set(0);
        assertThat(limit.available(77)).isEqualTo(77);
    }
}
