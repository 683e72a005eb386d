// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlThreadTest {
    private final ControlThread control = new ControlThread();

    @AfterEach
    void close() {
        control.close();
    }

    private static Thread run(FutureTask<?> task) {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void whoWaitsForADecisionIsToldWhenItCloses() throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        FutureTask<Object> first = new FutureTask<>(() -> control.call(() -> {
            deciding.countDown();
            new CountDownLatch(1).await();
            return true;
        }));
        run(first);
        assertThat(deciding.await(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        FutureTask<Object> second = new FutureTask<>(() -> control.call(() -> true));
        Thread waiting = run(second);
        Bench.await(() -> waiting.getState() == Thread.State.WAITING);

        control.close();

        assertThatThrownBy(() -> first.get(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> second.get(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ControlThread.Closed.class)
                .hasMessage("the engine is closing: nothing is decided any more");
    }

    @Test
    void decidesNothingOnceItIsClosed() {
        control.close();

        assertThatThrownBy(() -> control.call(() -> true)).isInstanceOf(ControlThread.Closed.class);
    }
}
