// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.engine.internal.part.Part;
import org.snakepipe.engine.internal.settings.PipelineDefinition;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/** An engine with definitions made by hand, and a rollout made of method calls. */
final class Bench implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(10);
    /** How long a test waits for something that will happen: on a machine that others use, too. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Duration DRAIN = Duration.ofMillis(500);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    final Engine engine;
    final Pipelines desk;
    private final Map<ConfigId, Part> parts = new ConcurrentHashMap<>();
    private final Map<ConfigId, String> wanted = new ConcurrentHashMap<>();
    private long epoch;

    Bench(Path data) {
        this(data, Selection.all());
    }

    Bench(Path data, Selection selection) {
        this(data, selection, DRAIN);
    }

    /** @param drain how long a pipeline that is replaced or reset has for what is on its way */
    Bench(Path data, Selection selection, Duration drain) {
        engine = new Engine(data, id -> Optional.ofNullable(parts.get(id)), word -> word, drain, DRAIN, selection);
        desk = engine.desk();
    }

    Bench define(String id, String fingerprint, Object object) {
        return define(id, fingerprint, (Callable<Object>) () -> object);
    }

    /** The way SCR replaces a definition: the new one is there as soon as the old one is gone. */
    Bench define(String text, String fingerprint, Callable<Object> constructor) {
        ConfigId id = ConfigId.parse(text);
        parts.put(id, new Part(id, fingerprint, constructor, constructor));
        engine.partsChanged();
        return want(text, fingerprint);
    }

    Bench pipeline(String name, PipelineSettings settings) {
        PipelineDefinition definition = () -> settings;
        return define("snakepipe.pipeline~" + name, settings.toString(), definition);
    }

    Bench want(String id, String fingerprint) {
        wanted.put(ConfigId.parse(id), fingerprint);
        return this;
    }

    Bench forget(String text) {
        ConfigId id = ConfigId.parse(text);
        wanted.remove(id);
        parts.remove(id);
        engine.partsChanged();
        return this;
    }

    /** The bundle of a definition stops; its configuration stays. */
    void bundleStops(String text) {
        ConfigId id = ConfigId.parse(text);
        parts.remove(id);
        engine.partLeaving(id);
    }

    void hold() throws InterruptedException {
        engine.hold(++epoch);
    }

    List<Problem> settle() throws InterruptedException {
        return settle(LIMIT);
    }

    List<Problem> settle(Duration limit) throws InterruptedException {
        return engine.settle(++epoch, Map.copyOf(wanted), limit);
    }

    Bench release() {
        engine.release(epoch);
        return this;
    }

    /** Settles without problems, and releases. */
    Bench live() throws InterruptedException {
        assertThat(settle()).isEmpty();
        return release();
    }

    PipelineStatus show(String name) {
        return desk.show(name).orElseThrow();
    }

    void await(String name, PipelineState state) {
        await(
                () -> desk.show(name).filter(status -> status.state() == state).isPresent(),
                () -> desk.list().toString());
    }

    static void await(BooleanSupplier condition) {
        await(condition, () -> "condition");
    }

    private static void await(BooleanSupplier condition, Supplier<String> what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: %s", what.get()).isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
