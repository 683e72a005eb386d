// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.settings;

import java.util.List;
import java.util.Objects;
import org.snakepipe.api.config.ConfigId;

/**
 * What records pass through.
 *
 * @param source     where they come from
 * @param transforms what they pass, in order
 * @param sinks      where they all go, in order; at least one
 */
public record Route(ConfigId source, List<ConfigId> transforms, List<ConfigId> sinks) {
    /** Copies the lists. */
    public Route {
        Objects.requireNonNull(source, "source");
        transforms = List.copyOf(transforms);
        sinks = List.copyOf(sinks);
    }
}
