// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Path A = Path.of("a");
    private static final Path B = Path.of("b");
    private static final Pace PACE = new Pace(Duration.ofNanos(1000), Duration.ofNanos(10), Duration.ofNanos(50));

    private final Settling settling = new Settling(PACE, Map.of(A, "1"));

    @Test
    void tellsAChangeOnceWhenItHasSettled() {
        assertThat(settling.step(Map.of(A, "1"), 0)).isEmpty();
        assertThat(settling.isPending()).isFalse();
        assertThat(settling.step(Map.of(A, "2"), 100)).isEmpty();
        assertThat(settling.isPending()).isTrue();
        assertThat(settling.step(Map.of(A, "2"), 109)).isEmpty();
        assertThat(settling.step(Map.of(A, "2"), 110)).containsExactly(A);
        assertThat(settling.isPending()).isFalse();
        assertThat(settling.step(Map.of(A, "2"), 200)).isEmpty();
    }

    @Test
    void tellsWhatComesAndGoes() {
        settling.step(Map.of(B, "1"), 0);
        assertThat(settling.step(Map.of(B, "1"), 10)).containsExactly(A, B);

        settling.step(Map.of(), 20);
        assertThat(settling.step(Map.of(), 30)).containsExactly(B);
    }

    @Test
    void waitsWhileAFileIsWritten() {
        settling.step(Map.of(A, "empty"), 0);
        assertThat(settling.step(Map.of(A, "half"), 9)).isEmpty();
        assertThat(settling.step(Map.of(A, "whole"), 18)).isEmpty();
        assertThat(settling.step(Map.of(A, "whole"), 28)).containsExactly(A);
    }

    @Test
    void doesNotWaitForEverForAFileThatNeverSettles() {
        for (int nanos = 0; nanos < 50; nanos += 5) {
            assertThat(settling.step(Map.of(A, "at " + nanos), nanos)).isEmpty();
        }
        assertThat(settling.step(Map.of(A, "at 50"), 50)).containsExactly(A);
        assertThat(settling.step(Map.of(A, "at 55"), 55)).isEmpty();
    }

    @Test
    void tellsNothingWhenAChangeIsTakenBack() {
        settling.step(Map.of(A, "2"), 0);
        assertThat(settling.step(Map.of(A, "1"), 5)).isEmpty();
        assertThat(settling.step(Map.of(A, "1"), 500)).isEmpty();
        assertThat(settling.step(Map.of(A, "2"), 600)).as("counts from here").isEmpty();
    }
}
