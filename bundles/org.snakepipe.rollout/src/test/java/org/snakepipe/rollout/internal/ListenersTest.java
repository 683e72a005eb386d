// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.control.ReloadResult;

class ListenersTest {
    /** An error too: of a bundle that is being replaced, classes may be gone. */
    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
    void whatOneThrowsConcernsNobodyElse(Class<? extends Throwable> type) throws ReflectiveOperationException {
        Throwable thrown = type.getConstructor(String.class).newInstance("foreign");
        List<String> heard = new ArrayList<>();
        ReloadListener bad = new ReloadListener() {
            @Override
            public void ended(ReloadResult outcome) {
                ListenersTest.<RuntimeException>raise(thrown);
            }

            @Override
            public void phaseEnded(String cause, String phase, Duration took) {
                ListenersTest.<RuntimeException>raise(thrown);
            }
        };
        ReloadListener good = new ReloadListener() {
            @Override
            public void ended(ReloadResult outcome) {
                heard.add(outcome.cause());
            }

            @Override
            public void phaseEnded(String cause, String phase, Duration took) {
                heard.add(phase);
            }
        };
        Listeners listeners = new Listeners(() -> List.of(bad, good));

        listeners.phaseEnded("a change", "hold", Duration.ZERO);
        listeners.ended(
                ReloadResult.of(ReloadResult.Status.UNCHANGED, 1, "a change").at(Instant.EPOCH));

        assertThat(heard).containsExactly("hold", "a change");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
