// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;

/** A participant that writes down what it is told, and refuses when asked to. */
final class Witness implements Participant {
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile Map<ConfigId, String> wanted = Map.of();
    volatile String refuse = "";
    volatile Runnable settling = () -> {};

    @Override
    public String name() {
        return "witness";
    }

    @Override
    public void hold(long epoch) {
        calls.add("hold");
    }

    @Override
    public List<Problem> settle(long epoch, Map<ConfigId, String> ids, Duration deadline) {
        calls.add("settle");
        settling.run();
        wanted = Map.copyOf(ids);
        if (refuse.isEmpty()) {
            return List.of();
        }
        String reason = refuse;
        refuse = "";
        return List.of(Problem.error("witness.refused", reason).build());
    }

    @Override
    public void release(long epoch) {
        calls.add("release");
    }
}
