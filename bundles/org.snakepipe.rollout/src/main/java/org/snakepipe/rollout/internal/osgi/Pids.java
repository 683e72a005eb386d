// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the PIDs of a component, which come in every shape that a service property may have. Without state. */
final class Pids {
    private Pids() {}

    /** All of them. @param value {@code service.pid}; may be {@code null} */
    static List<String> of(Object value) {
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
