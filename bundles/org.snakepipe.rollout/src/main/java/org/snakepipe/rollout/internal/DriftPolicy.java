// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Locale;

/** What is done when somebody else writes a configuration of ours. */
public enum DriftPolicy {
    /** It is written back. */
    REVERT,
    /** It is told, and stays. */
    REPORT,
    /** It becomes an override, so that the files and what runs agree. */
    ADOPT;

    /**
     * Reads what is written.
     *
     * @param text the name of a policy, in any case
     * @return the policy
     * @throws IllegalArgumentException if there is none of this name; the message lists those there are
     */
    public static DriftPolicy of(String text) {
        for (DriftPolicy policy : values()) {
            if (policy.name().equalsIgnoreCase(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "'" + text.toLowerCase(Locale.ROOT) + "' is no policy for drift (allowed: revert, report, adopt)");
    }
}
