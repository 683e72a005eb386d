// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.settings.Ordering;

/**
 * A process with a heap in which a document of 50 MB has room less than three times: the document is rejected, and kept; it waits for
 * a best-effort sink that is not there, and is given back from the disk. None of that may need a few more copies of it.
 */
class EngineLargeDocumentTest {
    private static final int SIZE = 50_000_000;
    private static final String BEST_EFFORT = "snakepipe.sink.memory~beside";
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    private Path data;

    @Test
    void isRejectedSpooledAndReadBackInASmallHeap() throws Exception {
        Path log = data.resolve("log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-Xmn16m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Small.class.getName(),
                        data.resolve("engine").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly().onExit().join();
        }
        assertThat(child.exitValue()).as(Files.readString(log)).isZero();
    }

    /** Runs in the small heap. */
    static final class Small {
        private Small() {}

        /** The directory of the engine. */
        public static void main(String[] arguments) throws Exception {
            MemorySink sink = new MemorySink();
            MemorySink beside = new MemorySink();
            beside.unopenable = new IOException("it is not there");
            MemorySource source =
                    new MemorySource(2, true, n -> Record.of(Map.of("n", n)).withRaw(new byte[n == 0 ? SIZE : 1]));
            // Nothing but the one whose turn it is holds the large one.
            sink.before = batch -> {
                if ((Long) batch.get(0).value().get("n") == 0) {
                    throw new IllegalStateException("too large");
                }
            };
            Settings settings = Settings.plain()
                    .ordering(Ordering.STRICT)
                    .onError("quarantine")
                    .tempo(1, 1, 1, 0)
                    .bestEffort(10, 200_000_000, BEST_EFFORT);
            try (Bench bench = new Bench(Path.of(arguments[0]))
                    .define(Settings.SOURCE, "1", source)
                    .define(Settings.SINK, "1", sink)
                    .define(BEST_EFFORT, "1", beside)
                    .pipeline("demo", settings.value())
                    .live()) {
                bench.await("demo", PipelineState.FINISHED);
                require(bench.show("demo").gauges().quarantined() == 1, "it is kept");
                sink.before = batch -> {};
                require(bench.desk.replay("demo", List.of(), Bench.PATIENCE) == 1, "it is replayed");
                sink.written.clear();
                Set<Integer> given = ConcurrentHashMap.newKeySet();
                beside.before = batch -> given.add(batch.get(0).raw().orElseThrow().length);
                beside.unopenable = null;
                Bench.await(() -> given.equals(Set.of(SIZE, 1)));
            }
            // Whatever threads are left: it has come to its end.
            System.exit(0);
        }

        private static void require(boolean so, String what) {
            if (!so) {
                throw new AssertionError(what);
            }
        }
    }
}
