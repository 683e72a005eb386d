// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.engine.internal.control.Engine;
import org.snakepipe.engine.internal.part.Part;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.OnError;
import org.snakepipe.engine.internal.settings.Ordering;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.settings.PipelineSettings;
import org.snakepipe.engine.internal.settings.Route;
import org.snakepipe.engine.internal.settings.Tempo;

/** The real engine with definitions made by hand, and one pipeline, {@code demo}. */
final class EngineHouse implements AutoCloseable {
    static final String SOURCE = "snakepipe.source.bench~in";
    static final String SINK = "snakepipe.sink.bench~out";
    static final String DATASOURCE = "snakepipe.datasource~bench";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 1_000_000;

    private final Map<ConfigId, Part> parts = new ConcurrentHashMap<>();
    private final Map<ConfigId, String> wanted = new ConcurrentHashMap<>();
    private final Engine engine;
    private long epoch;

    /** @param data a directory of its own */
    EngineHouse(Path data) {
        engine = new Engine(data, id -> Optional.ofNullable(parts.get(id)), word -> word, false);
    }

    EngineHouse define(String text, String fingerprint, Object definition) {
        ConfigId id = ConfigId.parse(text);
        parts.put(id, new Part(id, fingerprint, definition, () -> definition));
        wanted.put(id, fingerprint);
        return this;
    }

    /** As configured by default but for these. */
    EngineHouse pipeline(int batch, int workers) {
        PipelineSettings settings = new PipelineSettings(
                new Route(ConfigId.parse(SOURCE), List.of(), List.of(ConfigId.parse(SINK))),
                new Tempo(batch, workers, Duration.ofMillis(5), 0),
                Limits.DEFAULT,
                Ordering.KEY,
                OnError.parse("quarantine"),
                System.Logger.Level.INFO,
                true);
        PipelineDefinition definition = () -> settings;
        return define("snakepipe.pipeline~demo", settings.toString(), definition);
    }

    /** Brings what is defined into force. */
    void settle() throws IOException, InterruptedException {
        engine.hold(++epoch);
        List<Problem> problems = engine.settle(++epoch, Map.copyOf(wanted), LIMIT);
        if (!problems.isEmpty()) {
            throw new IOException("the engine does not take it: " + problems);
        }
        engine.release(epoch);
    }

    PipelineStatus status() {
        return engine.desk().show("demo").orElseThrow();
    }

    void awaitEnd() throws IOException {
        await(() -> status().state() == PipelineState.FINISHED || status().state() == PipelineState.FAILED);
        if (status().state() == PipelineState.FAILED) {
            throw new IOException(status().detail());
        }
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
