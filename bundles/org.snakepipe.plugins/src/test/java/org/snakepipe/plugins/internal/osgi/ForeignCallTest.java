// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ForeignCallTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void throwsWhatItThrew() {
        ForeignCall call = ForeignCall.begin("test", () -> {
            throw new IOException("gone");
        });

        assertThatThrownBy(() -> call.finishesRegardless(LONG))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void tellsWhereItIs() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        ForeignCall call = ForeignCall.begin("foreign", () -> {
            begun.countDown();
            gate.await();
            return null;
        });
        begun.await();

        assertThat(call.finishes(Duration.ofMillis(50))).isFalse();
        assertThat(call.whereabouts())
                .startsWith("thread 'foreign' is at org.snakepipe.plugins.internal.osgi.ForeignCallTest.");

        gate.countDown();
        assertThat(call.finishes(LONG)).isTrue();
    }

    @Test
    void runsInTheBackground() throws Exception {
        Boolean[] daemon = new Boolean[1];

        ForeignCall call = ForeignCall.begin("test", () -> {
            daemon[0] = Thread.currentThread().isDaemon();
            return null;
        });

        assertThat(call.finishes(LONG)).isTrue();
        assertThat(daemon[0]).isTrue();
    }
}
