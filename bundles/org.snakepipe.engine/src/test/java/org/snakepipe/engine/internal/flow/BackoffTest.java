// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsTwiceAsLongEachTimeUpToTheLongestLessARandomPartOfUpToAHalf() {
        for (int round = 0; round < 100; round++) {
            Backoff backoff = new Backoff(1_000, 5_000);
            for (long due : new long[] {1_000, 2_000, 4_000, 5_000, 5_000}) {
                assertThat(backoff.next()).isBetween(due / 2, due);
            }
        }
    }

    @Test
    void isNotTheSameForEverybody() {
        Set<Long> waits = new HashSet<>();
        for (int round = 0; round < 100; round++) {
            waits.add(new Backoff(1_000_000, 5_000_000).next());
        }

        assertThat(waits).hasSizeGreaterThan(50);
    }

    @Test
    void beginsAnewWhenItWorked() {
        Backoff backoff = new Backoff(1_000, 5_000);
        backoff.next();
        backoff.next();

        backoff.reset();

        assertThat(backoff.next()).isBetween(500L, 1_000L);
    }

    @Test
    void theLongestIsNeverShorterThanTheFirst() {
        Backoff backoff = new Backoff(1_000, 10);
        backoff.next();

        assertThat(backoff.next()).isBetween(500L, 1_000L);
    }
}
