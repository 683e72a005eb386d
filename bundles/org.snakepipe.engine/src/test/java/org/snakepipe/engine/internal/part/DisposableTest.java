// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;

class DisposableTest {
    private static final ConfigId ID = ConfigId.parse("snakepipe.sink.memory~out");
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void givesTheResult() throws Exception {
        assertThat(Disposable.call(ID, "opening", LONG, () -> "open")).isEqualTo("open");
    }

    @Test
    void anUnreachableTargetMayPass() {
        OpenFailure failure = catchThrowableOfType(
                OpenFailure.class,
                () -> Disposable.call(ID, "opening", LONG, () -> {
                    throw new IOException("connection refused");
                }));

        assertThat(failure).hasMessage("opening snakepipe.sink.memory~out failed: connection refused");
        assertThat(failure.isPassing()).isTrue();
        assertThat(failure.id()).isEqualTo(ID);
    }

    @Test
    void aMistakeDoesNotPassAndItsDeepestReasonIsNamed() {
        OpenFailure failure = catchThrowableOfType(
                OpenFailure.class,
                () -> Disposable.call(ID, "constructing", LONG, () -> {
                    throw new IllegalStateException("wrapped", new NoClassDefFoundError("com/example/Driver"));
                }));

        assertThat(failure)
                .hasMessage("constructing snakepipe.sink.memory~out failed: java.lang.NoClassDefFoundError:"
                        + " com/example/Driver");
        assertThat(failure.isPassing()).isFalse();
    }

    @Test
    void evenAnErrorIsReported() {
        assertThatThrownBy(() -> Disposable.call(ID, "opening", LONG, () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(OpenFailure.class)
                .hasMessageContaining("StackOverflowError");
    }

    @Test
    void leavesBehindWhatHangsAndClosesWhatItOpensAfterAll() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);

        assertThatThrownBy(() -> Disposable.<AutoCloseable>call(ID, "opening", Duration.ofMillis(50), () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        return closed::countDown;
                    }
                    return null;
                }))
                .isInstanceOf(OpenFailure.class)
                .hasMessageContaining("took longer than 50 ms: it hangs at ")
                .hasMessageContaining("DisposableTest");
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopsWaitingWhenTheCallerIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Disposable.call(ID, "opening", LONG, () -> {
                    new CountDownLatch(1).await();
                    return "never";
                }))
                .isInstanceOf(InterruptedException.class);
    }
}
