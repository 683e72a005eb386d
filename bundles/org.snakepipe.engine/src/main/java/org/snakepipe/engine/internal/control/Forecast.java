// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.control.PipelineEffect;
import org.snakepipe.control.PipelineEffect.Kind;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Plan;
import org.snakepipe.engine.internal.settings.PipelineDefinition;

/** Tells what a change would mean for pipelines: of several effects, the strongest. */
final class Forecast {
    /** Keys of a pipeline that lead to something being opened anew; all others are taken over in place. */
    private static final Set<String> SWAPPED = Set.of("transforms", "sinks", "best.effort.sinks", "on.error");

    private static final Set<String> RESTARTED = Set.of("source", "enabled");

    private Forecast() {}

    /** @param pipelines as they are now */
    static List<PipelineEffect> of(List<Plan.Change> changes, List<PipelineStatus> pipelines) {
        Map<String, PipelineEffect> effects = new TreeMap<>();
        for (Plan.Change change : changes) {
            if (change.id().pid().equals(PipelineDefinition.PID)) {
                add(
                        effects,
                        change.id().name(),
                        own(change),
                        String.join(", ", change.keys().keySet()));
                continue;
            }
            for (PipelineStatus pipeline : pipelines) {
                Kind kind = part(change.id(), pipeline);
                if (kind != null) {
                    add(effects, pipeline.name(), kind, change.id().toString());
                }
            }
        }
        return new ArrayList<>(effects.values());
    }

    private static void add(Map<String, PipelineEffect> effects, String pipeline, Kind kind, String detail) {
        effects.merge(pipeline, new PipelineEffect(pipeline, kind, detail), (one, other) -> {
            PipelineEffect stronger = one.kind().compareTo(other.kind()) >= 0 ? one : other;
            return new PipelineEffect(pipeline, stronger.kind(), one.detail() + ", " + other.detail());
        });
    }

    private static Kind own(Plan.Change change) {
        return switch (change.kind()) {
            case NEW -> Kind.START;
            case REMOVED -> Kind.STOP;
            default -> {
                if (change.keys().keySet().stream().anyMatch(RESTARTED::contains)) {
                    yield Kind.RESTART;
                }
                yield change.keys().keySet().stream().anyMatch(SWAPPED::contains) ? Kind.SWAP : Kind.IN_PLACE;
            }
        };
    }

    private static Kind part(ConfigId id, PipelineStatus pipeline) {
        String text = id.toString();
        if (pipeline.source().equals(text)) {
            return Kind.RESTART;
        }
        boolean bestEffort =
                pipeline.bestEffort().stream().anyMatch(sink -> sink.id().equals(text));
        return pipeline.transforms().contains(text) || pipeline.sinks().contains(text) || bestEffort ? Kind.SWAP : null;
    }
}
