// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the PIDs of a component, which come in every shape that a service property may have. Without state. */
public final class ServicePids {
    private ServicePids() {}

    /** All of them. @param value {@code service.pid}; may be {@code null} */
    public static List<String> of(Object value) {
        if (value instanceof String pid) {
            return List.of(pid);
        }
        if (value instanceof String[] array) {
            return List.of(array);
        }
        List<String> pids = new ArrayList<>();
        if (value instanceof Collection<?> all) {
            all.forEach(pid -> pids.add(String.valueOf(pid)));
        }
        return pids;
    }
}
