// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import org.snakepipe.api.config.ConfigId;

/** The names that environment variables of configuration have: {@code SNAKE_PIPE_PIPELINE_ORDERS__BATCH_SIZE}. */
public final class VariableName {
    /** The layer they make. */
    public static final String LAYER = "environment variable";
    /** What they all begin with. */
    public static final String PREFIX = "SNAKE_PIPE_";
    /** What stands between the configuration and the key; no variable that is reserved contains it. */
    public static final String SEPARATOR = "__";

    private static final String OWN_PIDS = "snakepipe.";

    private VariableName() {}

    /** The variable of one key. */
    public static String of(ConfigId id, String key) {
        return prefix(id) + upper(key);
    }

    /** What the variables of one configuration begin with. */
    public static String prefix(ConfigId id) {
        String text = id.toString();
        return PREFIX + upper(text.startsWith(OWN_PIDS) ? text.substring(OWN_PIDS.length()) : text) + SEPARATOR;
    }

    /** Tells whether the name claims to be one of these. */
    public static boolean matches(String name) {
        return name.startsWith(PREFIX) && name.indexOf(SEPARATOR, PREFIX.length()) >= 0;
    }

    private static String upper(String text) {
        StringBuilder name = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            boolean lower = c >= 'a' && c <= 'z';
            boolean plain = lower || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            name.append(lower ? (char) (c - 'a' + 'A') : plain ? c : '_');
        }
        return name.toString();
    }
}
