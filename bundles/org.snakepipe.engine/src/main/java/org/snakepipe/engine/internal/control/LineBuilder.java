// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.engine.internal.flow.Line;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Opener;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/** Makes the line that settings ask for: the old one when nothing of it changes, else one that shares what stays. */
final class LineBuilder {
    private final Opener opener;

    LineBuilder(Opener opener) {
        this.opener = opener;
    }

    /**
     * Opens what is needed and not open.
     *
     * @param old      the line that is in use, or {@code null}
     * @param now      the settings
     * @param wanted   id to fingerprint
     * @param deadline for each opening
     * @return {@code old} itself, or another line
     */
    Line build(Line old, PipelineSettings now, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        Optional<ConfigId> quarantine = now.onError().target();
        if (old != null && old.isStill(now.route().transforms(), now.route().sinks(), quarantine, wanted)) {
            return old;
        }
        List<Lease<?>> opened = new ArrayList<>();
        boolean complete = false;
        try {
            List<Lease<TransformStage>> stages = new ArrayList<>();
            for (ConfigId id : now.route().transforms()) {
                stages.add(noted(opened, stage(old, id, wanted, deadline)));
            }
            List<Lease<SinkWriter>> writers = new ArrayList<>();
            for (ConfigId id : now.route().sinks()) {
                writers.add(noted(opened, writer(old, id, wanted, deadline)));
            }
            Optional<Lease<SinkWriter>> last = Optional.empty();
            if (quarantine.isPresent()) {
                last = Optional.of(noted(opened, writer(old, quarantine.get(), wanted, deadline)));
            }
            complete = true;
            return new Line(stages, writers, last);
        } finally {
            if (!complete) {
                opened.forEach(Lease::close);
            }
        }
    }

    private static <T extends AutoCloseable> Lease<T> noted(List<Lease<?>> opened, Lease<T> lease) {
        opened.add(lease);
        return lease;
    }

    private Lease<TransformStage> stage(Line old, ConfigId id, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        Optional<Lease<TransformStage>> shared = old == null ? Optional.empty() : old.shareStage(id, wanted);
        return shared.isPresent() ? shared.get() : opener.stage(id, deadline);
    }

    private Lease<SinkWriter> writer(Line old, ConfigId id, Map<ConfigId, String> wanted, Duration deadline)
            throws OpenFailure, InterruptedException {
        Optional<Lease<SinkWriter>> shared = old == null ? Optional.empty() : old.shareWriter(id, wanted);
        return shared.isPresent() ? shared.get() : opener.writer(id, deadline);
    }
}
