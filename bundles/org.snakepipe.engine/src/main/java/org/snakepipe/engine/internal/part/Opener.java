// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Position;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.Source;
import org.snakepipe.api.pipeline.SourceReader;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.api.pipeline.TransformStage;
import org.snakepipe.control.Secrets;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.state.States;

/** Constructs and opens the parts of one pipeline. */
public final class Opener {
    private final Parts parts;
    private final LentContext.House house;

    /**
     * For one pipeline.
     *
     * @param pipeline  its name
     * @param data      the data directory
     * @param parts     where definitions are found
     * @param resources what can be borrowed
     * @param secrets   fills in words
     * @param states    what parts remember
     * @param level     the least important level that is logged
     */
    public Opener(
            String pipeline,
            Path data,
            Parts parts,
            Resources resources,
            Secrets secrets,
            States states,
            Supplier<System.Logger.Level> level) {
        this.parts = parts;
        this.house = new LentContext.House(pipeline, data, resources, secrets, states, level);
    }

    private interface Opening<D, T> {
        T open(D definition, OpenContext context) throws Exception;
    }

    /**
     * Constructs a source without opening it.
     *
     * @param id       its id
     * @param deadline how long it may take
     * @return the definition, by its part
     * @throws OpenFailure          if it cannot be constructed
     * @throws InterruptedException if the caller is interrupted
     */
    public Source source(ConfigId id, Duration deadline) throws OpenFailure, InterruptedException {
        return construct(part(id), Source.class, deadline);
    }

    /**
     * Asks a source what is wrong with a position.
     *
     * @param id       its id
     * @param position the position
     * @param deadline how long it may take
     * @return what it says
     * @throws OpenFailure          if it cannot be asked
     * @throws InterruptedException if the caller is interrupted
     */
    public List<String> mistakes(ConfigId id, Position position, Duration deadline)
            throws OpenFailure, InterruptedException {
        Source source = source(id, deadline);
        return Disposable.call(id, "asking about a position", deadline, () -> List.copyOf(source.mistakes(position)));
    }

    /**
     * Opens a source.
     *
     * @param id       its id
     * @param from     where to begin
     * @param deadline how long it may take
     * @return the open reader
     * @throws OpenFailure          if it cannot be constructed or opened
     * @throws InterruptedException if the caller is interrupted
     */
    public Lease<SourceReader> reader(ConfigId id, Position from, Duration deadline)
            throws OpenFailure, InterruptedException {
        return open(id, Source.class, deadline, (definition, context) -> definition.open(context, from));
    }

    /**
     * Opens a transform.
     *
     * @param id       its id
     * @param deadline how long it may take
     * @return the open stage
     * @throws OpenFailure          if it cannot be constructed or opened
     * @throws InterruptedException if the caller is interrupted
     */
    public Lease<TransformStage> stage(ConfigId id, Duration deadline) throws OpenFailure, InterruptedException {
        return open(id, Transform.class, deadline, Transform::open);
    }

    /**
     * Opens a sink.
     *
     * @param id       its id
     * @param deadline how long it may take
     * @return the open writer
     * @throws OpenFailure          if it cannot be constructed or opened
     * @throws InterruptedException if the caller is interrupted
     */
    public Lease<SinkWriter> writer(ConfigId id, Duration deadline) throws OpenFailure, InterruptedException {
        return open(id, Sink.class, deadline, Sink::open);
    }

    /**
     * Opens a sink, and tells meanwhile what it is made of.
     *
     * @param id       its id
     * @param deadline how long it may take
     * @param begun    is given, before it is opened, what tells from any thread which parts it has asked for so far
     * @return the open writer
     * @throws OpenFailure          if it cannot be constructed or opened
     * @throws InterruptedException if the caller is interrupted
     */
    public Lease<SinkWriter> writer(ConfigId id, Duration deadline, Consumer<Supplier<Map<ConfigId, String>>> begun)
            throws OpenFailure, InterruptedException {
        LentContext context = new LentContext(id, house);
        begun.accept(context::asked);
        return open(id, Sink.class, deadline, Sink::open, context);
    }

    private Part part(ConfigId id) throws OpenFailure {
        return parts.find(id)
                .orElseThrow(() -> new OpenFailure(id, true, "nothing provides " + id + " at the moment", null));
    }

    private <D> D construct(Part part, Class<D> type, Duration deadline) throws OpenFailure, InterruptedException {
        Object definition = Disposable.call(part.id(), "constructing", deadline, part.construct());
        if (!type.isInstance(definition)) {
            // The mistake is in the file of the pipeline, not in that of the part.
            String kind = type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
            throw new OpenFailure(
                    new ConfigId(PipelineDefinition.PID, house.pipeline()),
                    false,
                    "uses " + part.id() + " as a " + kind + ", and that is no " + kind,
                    null);
        }
        return type.cast(definition);
    }

    private <D, T extends AutoCloseable> Lease<T> open(
            ConfigId id, Class<D> type, Duration deadline, Opening<D, T> opening)
            throws OpenFailure, InterruptedException {
        return open(id, type, deadline, opening, new LentContext(id, house));
    }

    private <D, T extends AutoCloseable> Lease<T> open(
            ConfigId id, Class<D> type, Duration deadline, Opening<D, T> opening, LentContext context)
            throws OpenFailure, InterruptedException {
        Part part = part(id);
        try {
            D definition = construct(part, type, deadline);
            AtomicBoolean keyed = new AtomicBoolean();
            T open = Disposable.call(id, "opening", deadline, () -> {
                keyed.set(definition instanceof Sink sink && sink.hasKey());
                return opening.open(definition, context);
            });
            return new Lease<>(id, part.fingerprint(), open, keyed.get(), context);
        } catch (OpenFailure e) {
            Map<ConfigId, String> tried = context.asked();
            context.giveBack();
            tried.put(id, part.fingerprint());
            throw e.with(tried);
        } catch (InterruptedException e) {
            context.giveBack();
            throw e;
        }
    }
}
