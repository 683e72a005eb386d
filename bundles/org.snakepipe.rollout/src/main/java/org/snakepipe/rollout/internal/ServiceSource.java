// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;

/** Finds services for those who check. From any thread. */
@FunctionalInterface
public interface ServiceSource {
    /**
     * Services that are there at the moment.
     *
     * @param <T>  their type
     * @param type their type
     * @return all of them that are of just this class
     */
    <T> List<T> services(Class<T> type);
}
