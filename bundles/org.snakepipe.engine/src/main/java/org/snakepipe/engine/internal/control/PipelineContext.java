// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.snakepipe.engine.internal.branch.Branches;
import org.snakepipe.engine.internal.checkpoint.CheckpointFile;
import org.snakepipe.engine.internal.flow.Counters;
import org.snakepipe.engine.internal.part.Opener;
import org.snakepipe.engine.internal.quarantine.Quarantine;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.state.States;

/**
 * What one pipeline has from its first run to its last, whatever it is told to be. Made on the control thread, shared by the
 * classes that a {@link ManagedPipeline} consists of; which thread may use a component, that component says.
 *
 * @param name       of the pipeline
 * @param file       where it keeps how far it came
 * @param states     what its transforms keep
 * @param quarantine records that it could not deliver
 * @param branches   its best-effort sinks
 * @param opener     opens its parts
 * @param counters   of all its runs
 * @param condition  how it is
 * @param settings   what it was told last, from any thread; gives {@code null} before
 */
record PipelineContext(
        String name,
        CheckpointFile file,
        States states,
        Quarantine quarantine,
        Branches branches,
        Opener opener,
        Counters counters,
        Condition condition,
        Supplier<PipelineSettings> settings) {

    /** Opens nothing yet. */
    static PipelineContext of(
            String name, Environs environs, CheckpointFile file, Supplier<PipelineSettings> settings) {
        Path data = environs.data();
        Quarantine quarantine = new Quarantine(data.resolve("quarantine").resolve(name));
        States states = new States(data.resolve("state").resolve(name));
        Opener opener = new Opener(
                name,
                data,
                environs.parts(),
                environs.resources(),
                environs.secrets(),
                states,
                () -> logLevel(settings.get()));
        Counters counters = new Counters();
        Branches branches =
                new Branches(name, opener, quarantine, data.resolve("spool").resolve(name));
        Condition condition = new Condition(name, counters);
        return new PipelineContext(name, file, states, quarantine, branches, opener, counters, condition, settings);
    }

    private static System.Logger.Level logLevel(PipelineSettings settings) {
        return settings == null ? System.Logger.Level.INFO : settings.logLevel();
    }
}
