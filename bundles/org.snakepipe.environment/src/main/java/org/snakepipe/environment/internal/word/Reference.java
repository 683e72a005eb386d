// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import org.snakepipe.api.config.ConfigId;

/**
 * One key of one configuration.
 *
 * @param id     the configuration
 * @param key    the key
 * @param secret whether what reads it is a secret, so that no variable may be read into it
 */
record Reference(ConfigId id, String key, boolean secret) {
    @Override
    public String toString() {
        return id + "/" + key;
    }
}
