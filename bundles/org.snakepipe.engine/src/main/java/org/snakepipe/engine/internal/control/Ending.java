// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * How a pipeline ended by itself for good, or could not begin: while it is made of the same, the next attempt would end the same
 * way, so it is not made with every change of something else.
 *
 * @param settings what it was told
 * @param uses     id to fingerprint of its parts and of what they borrowed
 */
record Ending(PipelineSettings settings, Map<ConfigId, String> uses) {
    boolean isStill(PipelineSettings now, Map<ConfigId, String> wanted) {
        return settings.equals(now) && wanted.entrySet().containsAll(uses.entrySet());
    }
}
