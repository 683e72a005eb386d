// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Time passes when it is told to. */
class AttemptsTest {
    private final List<Long> pauses = new ArrayList<>();
    private final AtomicInteger anew = new AtomicInteger();
    private final Attempts attempts =
            new Attempts("config", pause -> pauses.add(pause.toMillis()), anew::incrementAndGet);

    private long fail(Throwable fault) throws InterruptedException {
        return attempts.at(() -> {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) fault;
        });
    }

    @Test
    void whatGoesWellIsNotHeldUp() throws InterruptedException {
        assertThat(attempts.at(() -> 7)).isEqualTo(7);
        assertThat(pauses).isEmpty();
        assertThat(anew).hasValue(0);
    }

    @Test
    void afterAFaultItBeginsAnewInPausesThatGrow() throws InterruptedException {
        assertThat(fail(new IllegalStateException("from the test"))).isZero();
        fail(new OutOfMemoryError("from the test"));
        fail(new StackOverflowError("from the test"));

        assertThat(pauses).containsExactly(250L, 500L, 1000L);
        assertThat(anew).as("before each step that follows a fault").hasValue(2);
        attempts.at(() -> 7);
        assertThat(anew).hasValue(3);
        attempts.at(() -> 7);
        assertThat(anew).hasValue(3);
    }

    @Test
    void noPauseIsLongerThanAMinuteAndASuccessMakesThemShort() throws InterruptedException {
        for (int fault = 0; fault < 12; fault++) {
            fail(new IllegalStateException("from the test"));
        }
        attempts.at(() -> 7);
        fail(new IllegalStateException("from the test"));

        assertThat(pauses).endsWith(60_000L, 60_000L, 250L);
    }
}
