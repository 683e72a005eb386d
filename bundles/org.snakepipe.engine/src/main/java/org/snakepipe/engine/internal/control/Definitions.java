// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.part.Disposable;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Part;
import org.snakepipe.engine.internal.part.Parts;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * What the definitions of pipelines say. Each is constructed once for as long as it is registered: a change of one thing must
 * not cost a thread for every pipeline there is. Used by the control thread.
 */
final class Definitions {
    private final Parts parts;
    private final Map<ConfigId, Known> known = new HashMap<>();

    Definitions(Parts parts) {
        this.parts = parts;
    }

    private record Known(String fingerprint, Object registration, PipelineSettings settings) {
        boolean isOf(Part part) {
            return fingerprint.equals(part.fingerprint()) && registration.equals(part.registration());
        }
    }

    /** What the configuration of a pipeline says; empty while there is no definition of it. */
    Optional<PipelineSettings> settings(ConfigId id, Duration deadline) throws OpenFailure, InterruptedException {
        Optional<Part> part = parts.find(id);
        if (part.isEmpty()) {
            return Optional.empty();
        }
        Known before = known.get(id);
        if (before != null && before.isOf(part.get())) {
            return Optional.of(before.settings);
        }
        PipelineDefinition definition = (PipelineDefinition)
                Disposable.call(id, "constructing", deadline, part.get().construct());
        PipelineSettings settings = definition.settings();
        known.put(id, new Known(part.get().fingerprint(), part.get().registration(), settings));
        return Optional.of(settings);
    }

    /** Forgets all others. */
    void retain(Collection<ConfigId> ids) {
        known.keySet().retainAll(ids);
    }
}
