// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import java.util.Map;

/** A component that comes up with anything; its class file is put into plugins. */
public final class Steady {
    /**
     * Comes up.
     *
     * @param values of its configuration
     */
    public void activate(Map<String, Object> values) {
        // There is nothing that could go wrong.
    }
}
