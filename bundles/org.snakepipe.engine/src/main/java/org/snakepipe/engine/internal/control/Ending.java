// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * How a pipeline ended by itself, for good: while it is made of the same, another run would end the same way, so it is not
 * begun anew with every change of something else.
 *
 * @param settings what it was told
 * @param uses     id to fingerprint of its parts and of what they borrowed
 */
record Ending(PipelineSettings settings, Map<ConfigId, String> uses) {
    boolean isStill(PipelineSettings now, Map<ConfigId, String> wanted) {
        return settings.equals(now) && wanted.entrySet().containsAll(uses.entrySet());
    }
}
