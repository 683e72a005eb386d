// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;

/** Sees what is published of two configurations that belong together, whenever it may act. */
class PairProbe implements Participant {
    private static final ConfigId ID_A = ConfigId.parse("snakepipe.demo~a");
    private static final ConfigId ID_B = ConfigId.parse("snakepipe.demo~b");

    private final FakeAdmin admin;
    final List<String> wrong;
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean ready;

    PairProbe(FakeAdmin admin) {
        this(admin, new CopyOnWriteArrayList<>());
    }

    /** @param wrong gets what is not as it should be */
    PairProbe(FakeAdmin admin, List<String> wrong) {
        this.admin = admin;
        this.wrong = wrong;
    }

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public void hold(long epoch) {
        look("hold");
    }

    @Override
    public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
        look("settle");
        return List.of();
    }

    @Override
    public void release(long epoch) {
        look("release");
    }

    private void look(String when) {
        calls.add(when);
        Object a = admin.published.getOrDefault(ID_A, Map.of()).get("size");
        Object b = admin.published.getOrDefault(ID_B, Map.of()).get("size");
        boolean valid = a instanceof Integer size && size >= 1 && size <= 100;
        if (!valid || !a.equals(b)) {
            wrong.add(when + ": " + a + " and " + b);
        }
    }
}
