// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Resource;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.StateStore;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.Ordering;

/** What parts remember: over being opened anew, over restarts, and together with the position. */
@Timeout(60)
class EngineStateTest {
    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();

    /** Numbers the records of each key; what it remembers is how many there were. */
    private static Transform counting() {
        return context -> {
            StateStore state = context.state();
            return (record, output) -> {
                String key = record.key().orElseThrow();
                long count = state.get(key).map(Long::parseLong).orElse(0L) + 1;
                state.put(key, Long.toString(count));
                output.accept(record.withValue(Map.of("n", record.value().get("n"), "count", count)));
            };
        };
    }

    /** Drops what it has seen. */
    private static Transform distinct() {
        return context -> (record, output) -> {
            String number = record.value().get("n").toString();
            if (context.state().get(number).isEmpty()) {
                context.state().put(number, "");
                output.accept(record);
            }
        };
    }

    private static MemorySource keyed(long end, boolean finite) {
        return new MemorySource(
                end, finite, number -> Record.of(Map.of("n", number)).withKey("key " + number % 3));
    }

    private Bench bench(Path directory, MemorySource source, Transform transform, long rate) {
        return new Bench(directory)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.TRANSFORM, "1", transform)
                .define(Settings.SINK, "1", sink)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .transforms(Settings.TRANSFORM)
                                .ordering(Ordering.KEY)
                                .tempo(20, 4, 1, rate)
                                .value());
    }

    /** Of each key one, two, three and so on, each once. */
    private void assertCounted() {
        for (int key = 0; key < 3; key++) {
            String wanted = "key " + key;
            List<Object> counts = sink.written.stream()
                    .filter(record -> record.key().orElseThrow().equals(wanted))
                    .map(record -> record.value().get("count"))
                    .toList();
            assertThat(counts)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, counts.size()).boxed().toList());
        }
    }

    @Test
    void countsOnThoughItIsOpenedAnew() throws Exception {
        AtomicInteger opens = new AtomicInteger();
        try (Bench bench =
                bench(data, keyed(Long.MAX_VALUE, false), counting(), 20_000).live()) {
            for (int round = 2; round < 10; round++) {
                int before = sink.count();
                Bench.await(() -> sink.count() > before + 200);
                bench.hold();
                Transform next = counting();
                bench.define(Settings.TRANSFORM, "version " + round, (Transform) context -> {
                            opens.incrementAndGet();
                            return next.open(context);
                        })
                        .live();
            }
            int before = sink.count();
            Bench.await(() -> sink.count() > before + 200);
        }
        assertThat(opens).hasValue(8);
        assertCounted();
    }

    @Test
    void countsOnAfterARestart() throws Exception {
        for (int round = 1; round < 4; round++) {
            try (Bench bench = bench(data, keyed(Long.MAX_VALUE, false), counting(), 20_000)
                    .live()) {
                int before = sink.count();
                Bench.await(() -> sink.count() > before + 500);
                assertThat(bench.desk.stop("demo", Bench.LIMIT)).isTrue();
                bench.desk.start("demo");
                Bench.await(() -> sink.count() > before + 1_000);
            }
        }
        assertCounted();
    }

    @Test
    void countsARecordOnceThoughItsBatchIsTriedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        sink.before = batch -> {
            if (calls.incrementAndGet() % 3 == 0) {
                throw new IOException("now and then");
            }
        };
        try (Bench bench = bench(data, keyed(3_000, true), counting(), 0)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .transforms(Settings.TRANSFORM)
                                .tempo(100, 4, 1, 0)
                                .limits(new Limits(
                                        4L << 20,
                                        100_000,
                                        32L << 20,
                                        Duration.ofMillis(1),
                                        Duration.ofMillis(2),
                                        1L << 20))
                                .value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
        }
        assertThat(sink.count()).isEqualTo(3_000);
        assertCounted();
    }

    /**
     * The first engine is cut off with batches of which some have passed and none is acknowledged: a transform that remembered
     * them would drop them when they are read again.
     */
    @Test
    void doesNotRememberWhatDidNotArrive() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        AtomicInteger calls = new AtomicInteger();
        sink.before = batch -> {
            if (down.get() && calls.incrementAndGet() % 2 == 1) {
                throw new IOException("no route to host");
            }
        };
        try (Bench bench = bench(data, keyed(2_000, true), distinct(), 0).live()) {
            Bench.await(() -> sink.count() > 100);
            bench.await("demo", PipelineState.FAILED);
        }
        down.set(false);

        try (Bench bench = bench(data, keyed(2_000, true), distinct(), 0).live()) {
            bench.await("demo", PipelineState.FINISHED);
        }

        assertThat(sink.numbers().stream().distinct().sorted().toList())
                .containsExactlyElementsOf(LongStream.range(0, 2_000).boxed().toList());
    }

    /** A copy of the data directory at one moment is what a crash leaves. */
    @Test
    void isAfterACrashAsItWasAtTheCheckpoint() throws Exception {
        Bench crashed = bench(data.resolve("first"), keyed(Long.MAX_VALUE, false), distinct(), 5_000)
                .live();
        Path checkpoint = data.resolve("first/checkpoints/demo.json");
        Bench.await(() -> sink.count() > 1_000 && Files.exists(checkpoint));
        Path other = data.resolve("other");
        Files.createDirectories(other.resolve("checkpoints"));
        Files.createDirectories(other.resolve("state/demo"));
        Files.copy(checkpoint, other.resolve("checkpoints/demo.json"));
        try (var files = Files.list(data.resolve("first/state/demo"))) {
            for (Path file : files.toList()) {
                Files.copy(file, other.resolve("state/demo").resolve(file.getFileName()));
            }
        }
        crashed.close();

        MemorySink second = new MemorySink();
        try (Bench bench = bench(other, keyed(20_000, true), distinct(), 0)
                .define(Settings.SINK, "1", second)
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            long read = bench.show("demo").recent();
            assertThat(read).as("not from the beginning").isLessThan(20_000);
            assertThat(second.numbers())
                    .as("all that was read again arrived again")
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(20_000 - read, 20_000).boxed().toList());
        }
    }

    @Test
    void isForgottenWithThePosition() throws Exception {
        try (Bench bench = bench(data, keyed(300, true), distinct(), 0).live()) {
            bench.await("demo", PipelineState.FINISHED);
            assertThat(sink.count()).isEqualTo(300);

            bench.desk.reset("demo", Map.of());
            Bench.await(() -> sink.count() == 600);
        }
    }

    /** A sink that has a batch already is passed over, and what it remembered of it is not. */
    @Test
    void remembersWhatASinkDidThoughAnotherFails() throws Exception {
        String more = "snakepipe.sink.memory~more";
        MemorySink fails = new MemorySink();
        AtomicInteger failures = new AtomicInteger();
        fails.before = batch -> {
            if (failures.incrementAndGet() < 3) {
                throw new IOException("not yet");
            }
        };
        Sink remembers = context -> new SinkWriter() {
            @Override
            public void write(List<Record> batch) throws IOException {
                int before =
                        context.state().get("written").map(Integer::parseInt).orElse(0);
                context.state().put("written", Integer.toString(before + batch.size()));
            }

            @Override
            public void close() {}
        };
        AtomicBoolean asked = new AtomicBoolean();
        try (Bench bench = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(100, true))
                .define(Settings.SINK, "1", remembers)
                .define(more, "1", fails)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .route(Settings.SOURCE, List.of(), List.of(Settings.SINK, more))
                                .value())
                .live()) {
            bench.await("demo", PipelineState.FINISHED);
            bench.hold();
            bench.define(Settings.SINK, "2", (Sink) context -> {
                        asked.set(context.state().get("written").equals(Optional.of("100")));
                        return remembers.open(context);
                    })
                    .live();
            bench.desk.start("demo");
            Bench.await(asked::get);
        }
    }

    @Test
    void aResourceHasNone() throws Exception {
        String pool = "snakepipe.datasource~pool";
        Resource<Object> resource = context -> {
            throw new AssertionError("has one: " + context.state());
        };
        sink.resource = pool;
        try (Bench bench = bench(data, keyed(300, true), distinct(), 0).define(pool, "1", resource)) {
            assertThat(bench.settle().toString())
                    .contains(pool + " is a resource, which pipelines share: it has no state of its own in a pipeline");
        }
    }
}
