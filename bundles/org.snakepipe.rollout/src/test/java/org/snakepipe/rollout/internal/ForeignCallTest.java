// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ForeignCallTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void answers() throws Exception {
        assertThat(ForeignCall.begin("test", () -> "x").get(LONG)).isEqualTo("x");
    }

    @Test
    void throwsWhatItThrew() {
        ForeignCall<String> call = ForeignCall.begin("test", () -> {
            throw new NoClassDefFoundError("gone");
        });

        assertThatThrownBy(() -> call.get(LONG))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(call.end()).isCompletedExceptionally();
    }

    @Test
    void aCancellationThatItThrowsIsNoneOfOurs() {
        ForeignCall<String> call = ForeignCall.begin("test", () -> {
            throw new CancellationException("of something else");
        });

        assertThatThrownBy(() -> call.get(LONG))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(CancellationException.class);
        assertThat(call.answer()).isCompletedExceptionally().isNotCancelled();
    }

    @Test
    void saysWhereItHangsAndInterruptsIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        ForeignCall<String> call = ForeignCall.begin("test", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return "late";
        });
        begun.await();

        assertThatThrownBy(() -> call.get(Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("at ");
        assertThat(interrupted.get()).isTrue();
        assertThat(call.end().get()).isEqualTo("late");
        assertThat(call.answer()).isCancelled();
    }

    @Test
    void doesNotBeginWhenItWasGivenUpBefore() {
        List<Runnable> threads = new ArrayList<>();
        AtomicBoolean begun = new AtomicBoolean();
        ForeignCall<Boolean> call = ForeignCall.begin(threads::add, () -> begun.getAndSet(true));

        call.giveUp();
        threads.forEach(Runnable::run);

        assertThat(begun).isFalse();
        assertThat(call.end()).isCompletedExceptionally();
    }
}
