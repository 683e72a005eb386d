// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.pipeline.Rejection;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.settings.Limits;

/** A process with a small heap gets what is large, and has to put it on the disk. */
class EngineMemoryTest {
    private static final String HEAP = "-Xmx256m";
    private static final String COPY = "snakepipe.sink.memory~copy";
    private static final int DOCUMENT = 50 << 20;
    private static final int SMALL = 350_000;
    private static final long ROOM = 512L << 20;

    @TempDir
    private Path data;

    /** What is large. */
    enum Load {
        SPOOLED_DOCUMENTS(3, 1, true, EngineMemoryTest::document),
        REJECTED_DOCUMENTS(3, 1, false, EngineMemoryTest::document),
        SPOOLED_SMALL(SMALL, SMALL, true, EngineMemoryTest::small),
        REJECTED_SMALL(SMALL, SMALL, false, EngineMemoryTest::small);

        private final long records;
        private final int batch;
        private final boolean spooled;
        private final LongFunction<Record> make;

        Load(long records, int batch, boolean spooled, LongFunction<Record> make) {
            this.records = records;
            this.batch = batch;
            this.spooled = spooled;
            this.make = make;
        }
    }

    private static Record document(long number) {
        return Record.of(Map.of("n", number, "text", "x".repeat(DOCUMENT)));
    }

    private static Record small(long number) {
        return Record.of(Map.of("n", number, "text", "a text of its own, not very long " + number));
    }

    @ParameterizedTest
    @EnumSource
    void putsWhatIsLargeOnTheDiskWithASmallHeap(Load load) throws Exception {
        Path log = data.resolve("log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bounded.class.getName(),
                        data.toString(),
                        load.name())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Bench.await(() -> !child.isAlive());
            assertThat(child.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }

    /** What runs in the small heap; ends well when everything has come where it belongs. */
    static final class Bounded {
        private Bounded() {}

        public static void main(String[] arguments) throws Exception {
            Load load = Load.valueOf(arguments[1]);
            Limits limits =
                    new Limits(DOCUMENT * 2L, SMALL * 2L, DOCUMENT, Duration.ofMillis(1), Duration.ofMillis(10), ROOM);
            Settings settings = Settings.plain()
                    .tempo(load.batch, 1, 1, 0)
                    .limits(limits)
                    .onError("quarantine")
                    .bestEffort(20, ROOM, load.spooled ? new String[] {COPY} : new String[0]);
            AtomicBoolean down = new AtomicBoolean(load.spooled);
            Counting copy = new Counting(down, false);
            Counting sink = new Counting(new AtomicBoolean(), !load.spooled);
            try (Bench bench = new Bench(Path.of(arguments[0]))
                    .define(Settings.SOURCE, "1", new MemorySource(load.records, true, load.make))
                    .define(Settings.SINK, "1", sink)
                    .define(COPY, "1", copy)
                    .pipeline("demo", settings.value())
                    .live()) {
                bench.await("demo", PipelineState.FINISHED);
                assertThat(sink.seen).hasValue(load.records);
                if (load.spooled) {
                    assertThat(bench.show("demo").bestEffort().get(0).bytes()).isPositive();
                    down.set(false);
                    Bench.await(() -> bench.show("demo").bestEffort().get(0).spooled() == 0);
                    assertThat(copy.seen).hasValue(load.records);
                    assertThat(bench.show("demo").bestEffort().get(0).dropped()).isZero();
                } else {
                    assertThat(bench.show("demo").gauges().quarantined()).isEqualTo(load.records);
                }
            }
            System.exit(0);
        }
    }

    /** Keeps nothing, so that what the heap holds is what the engine holds. */
    private static final class Counting implements Sink {
        private final AtomicLong seen = new AtomicLong();
        private final AtomicBoolean down;
        private final boolean rejects;

        Counting(AtomicBoolean down, boolean rejects) {
            this.down = down;
            this.rejects = rejects;
        }

        @Override
        public SinkWriter open(OpenContext context) {
            return new SinkWriter() {
                @Override
                public void write(List<Record> batch) throws RejectedRecords, IOException {
                    if (down.get()) {
                        throw new IOException("no route to host");
                    }
                    seen.addAndGet(batch.size());
                    if (rejects) {
                        throw new RejectedRecords(batch.stream()
                                .map(record -> new Rejection(record, "too large"))
                                .toList());
                    }
                }

                @Override
                public void close() {}
            };
        }
    }
}
