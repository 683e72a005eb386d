// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.util.Locale;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.flow.PipelineRun;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * What is shown of one pipeline: gathers what its {@link Condition} needs to know of the moment. A {@link ManagedPipeline} asks it
 * for whoever looks, on any thread; it changes nothing.
 */
final class StatusView {
    private final PipelineContext context;
    private final CurrentRun run;

    StatusView(PipelineContext context, CurrentRun run) {
        this.context = context;
        this.run = run;
    }

    PipelineStatus status() {
        return context.condition()
                .status(new Condition.Moment(
                        context.settings().get(),
                        run.get(),
                        run.checkpoint(),
                        context.quarantine().count(),
                        context.branches().status(),
                        ordering()));
    }

    private String ordering() {
        PipelineSettings shown = context.settings().get();
        PipelineRun running = run.get();
        if (shown == null) {
            return "";
        }
        if (shown.ordering() != Ordering.AUTO || running == null) {
            return shown.ordering().name().toLowerCase(Locale.ROOT);
        }
        return running.line()
                .keyed()
                .or(context.branches()::keyed)
                .map(id -> "key (auto: " + id + " has a key)")
                .orElse("none (auto: no sink has a key)");
    }
}
