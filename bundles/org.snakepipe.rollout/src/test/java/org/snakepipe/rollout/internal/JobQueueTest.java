// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JobQueueTest {
    /** A clock may be set forward meanwhile, or the machine sleep. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void looksAtTheClockAgainLongBeforeWhatItSaidAtFirst() throws InterruptedException {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        JobQueue jobs = new JobQueue(Clock.systemUTC(), Duration.ofMillis(5));

        assertThat(jobs.take(false, Optional.of(tomorrow))).isEmpty();
        assertThat(jobs.isPast(tomorrow)).isFalse();
    }
}
