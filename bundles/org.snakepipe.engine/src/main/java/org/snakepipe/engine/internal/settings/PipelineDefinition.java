// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

/** A configured pipeline: the service that stands for one configuration of {@code snakepipe.pipeline}. */
@FunctionalInterface
public interface PipelineDefinition {
    /** The factory PID of pipelines. */
    String PID = "snakepipe.pipeline";

    /**
     * What the configuration says.
     *
     * @return the settings
     */
    PipelineSettings settings();
}
