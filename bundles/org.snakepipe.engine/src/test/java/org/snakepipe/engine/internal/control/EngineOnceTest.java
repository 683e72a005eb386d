// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.PipelineState;

/** A process that runs one pipeline once. */
@Timeout(240)
class EngineOnceTest {
    private static final String OTHER_SINK = "snakepipe.sink.memory~other";

    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();
    private final MemorySink other = new MemorySink();

    private Bench bench(MemorySource source) {
        return new Bench(data, Selection.one())
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .define("snakepipe.source.memory~other", "1", new MemorySource(10, true))
                .define(OTHER_SINK, "1", other)
                .pipeline("demo", Settings.plain().value())
                .pipeline(
                        "other",
                        Settings.plain()
                                .route(
                                        "snakepipe.source.memory~other",
                                        java.util.List.of(),
                                        java.util.List.of(OTHER_SINK))
                                .value());
    }

    @Test
    void runsTheOneThatIsAskedForAndNoOther() throws Exception {
        try (Bench bench = bench(new MemorySource(1_000, true)).live()) {
            assertThat(bench.show("demo").detail()).isEqualTo("not asked for: this process runs one pipeline once");

            bench.desk.once("demo");
            bench.await("demo", PipelineState.FINISHED);

            assertThat(bench.show("demo").recent()).isEqualTo(1_000);
            assertThat(bench.show("demo").gauges().bytes()).isPositive();
            assertThat(bench.show("other").state()).isEqualTo(PipelineState.STOPPED);
        }
        assertThat(sink.count()).isEqualTo(1_000);
        assertThat(other.opens).hasValue(0);
    }

    @Test
    void goesOnWhereItWas() throws Exception {
        try (Bench bench = bench(new MemorySource(1_000, true)).live()) {
            bench.desk.once("demo");
            bench.await("demo", PipelineState.FINISHED);
        }

        try (Bench bench = bench(new MemorySource(1_500, true)).live()) {
            bench.desk.once("demo");
            bench.await("demo", PipelineState.FINISHED);

            assertThat(bench.show("demo").recent()).isEqualTo(500);
        }
        assertThat(sink.numbers()).doesNotHaveDuplicates().hasSize(1_500);
    }

    @Test
    void refusesWhatDoesNotEnd() throws Exception {
        MemorySource endless = new MemorySource(10, false);
        try (Bench bench = bench(endless).live()) {
            bench.desk.once("demo");

            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
            assertThat(bench.show("demo").detail())
                    .startsWith(Settings.SOURCE + " does not end by itself as it is configured")
                    .contains("leave out --once");
            assertThat(bench.show("demo").gauges().nextTry()).isEmpty();
        }
        assertThat(endless.opens).hasValue(0);
    }

    @Test
    void refusesAChangeAfterWhichItWouldNotEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        sink.before = batch -> go.await();
        try (Bench bench = bench(new MemorySource(1_000, true)).live()) {
            bench.desk.once("demo");

            bench.hold();
            bench.define(Settings.SOURCE, "2", new MemorySource(1_000, false));
            assertThat(bench.settle())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("does not end by itself"));
            bench.define(Settings.SOURCE, "1", new MemorySource(1_000, true)).live();
            go.countDown();
            bench.await("demo", PipelineState.FINISHED);
        }
        assertThat(sink.numbers()).doesNotHaveDuplicates().hasSize(1_000);
    }

    @Test
    void saysWhatWaitsAndStartsItWhenItComes() throws Exception {
        try (Bench bench = bench(new MemorySource(10, true)).live()) {
            bench.bundleStops(Settings.SINK);

            bench.desk.once("demo");
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.WAITING);
            assertThat(bench.show("demo").detail()).isEqualTo("waits for " + Settings.SINK);

            bench.define(Settings.SINK, "1", sink);
            bench.await("demo", PipelineState.FINISHED);
        }
    }

    @Test
    void runsWhatWasStoppedByHandAndNotWhatIsSwitchedOff() throws Exception {
        Bench all = new Bench(data)
                .define(Settings.SOURCE, "1", new MemorySource(10, true))
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", Settings.plain().value())
                .live();
        all.desk.stop("demo", Duration.ofSeconds(10));
        assertThatThrownBy(() -> all.desk.once("demo"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this process runs all pipelines: start another with --once demo");
        all.close();

        try (Bench bench = bench(new MemorySource(20, true)).live()) {
            bench.desk.once("demo");
            bench.await("demo", PipelineState.FINISHED);
        }
        try (Bench bench = bench(new MemorySource(20, true))
                .pipeline("demo", Settings.plain().enabled(false).value())
                .live()) {
            assertThatThrownBy(() -> bench.desk.once("demo"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("switched off by its configuration");
            assertThatThrownBy(() -> bench.desk.once("none"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no pipeline 'none' (there are: demo, other)");
        }
        assertThat(sink.numbers()).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void tellsWhatIsLeftOfTheSource() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        sink.before = batch -> go.await();
        MemorySource source = new MemorySource(1_000_000, true);
        try (Bench bench = bench(source).live()) {
            bench.desk.once("demo");
            // The queue is full: nothing more is read.
            Bench.await(() -> bench.show("demo").gauges().remaining().orElse(0) > 0);
            assertThat(bench.show("demo").gauges().remaining().getAsLong()).isLessThanOrEqualTo(1_000_000);

            go.countDown();
            bench.await("demo", PipelineState.FINISHED);
        }
    }

    /** Else it would be read once more by the next run, and nobody would know. */
    @Test
    void isNotDoneBeforeItsLastCheckpointIsWritten() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        sink.before = batch -> go.await();
        try (Bench bench = bench(new MemorySource(100, true)).live()) {
            bench.desk.once("demo");
            Path checkpoints = data.resolve("checkpoints");
            if (Files.exists(checkpoints)) {
                Files.move(checkpoints, data.resolve("away"));
            }
            Files.createFile(checkpoints);
            go.countDown();

            bench.await("demo", PipelineState.FAILED);
            assertThat(bench.show("demo").detail()).startsWith("cannot write the checkpoint");
            assertThat(bench.show("demo").gauges().nextTry())
                    .as("it tries again")
                    .isPresent();

            Files.delete(checkpoints);
            bench.await("demo", PipelineState.FINISHED);
            assertThat(checkpoints.resolve("demo.json")).exists();
        }
    }

    /** What was cut off has not finished, also when its source had been read to the end. */
    @Test
    void isStoppedAndNotFinishedWhenTheRestIsCutOff() throws Exception {
        sink.before = batch -> {
            throw new IOException("the database is away");
        };
        try (Bench bench = bench(new MemorySource(100, true)).live()) {
            bench.desk.once("demo");
            bench.await("demo", PipelineState.FAILED);

            assertThat(bench.desk.stop("demo", Duration.ofMillis(50))).isFalse();
            // The control thread has nothing left to do after this.
            bench.hold();

            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            assertThat(bench.show("demo").gauges().remaining()).isEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void doesNotReadFromTheBeginningWhenTheCheckpointIsDamaged() throws Exception {
        Files.createDirectories(data.resolve("checkpoints"));
        Files.writeString(data.resolve("checkpoints/demo.json"), "{\"format\":2}");

        try (Bench bench = bench(new MemorySource(100, true)).live()) {
            bench.desk.once("demo");

            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
            assertThat(bench.show("demo").detail()).contains("put back a copy, or start over");
        }
        assertThat(sink.count()).isZero();
    }

    /** Else whoever looks at its end would think that nothing waits. */
    @Test
    void knowsWhatAnEarlierRunLeftBeforeItIsDone() throws Exception {
        String copy = "snakepipe.sink.memory~copy";
        int files = 3_000;
        MemorySink away = new MemorySink();
        away.unopenable = new IOException("away");
        Settings settings = Settings.plain().bestEffort(60_000, 1L << 20, copy);
        try (Bench bench = bench(new MemorySource(10, true))
                .define(copy, "1", away)
                .pipeline("demo", settings.value())
                .live()) {
            bench.desk.once("demo");
            bench.await("demo", PipelineState.FINISHED);
        }
        Path spool = data.resolve("spool/demo").resolve(copy);
        for (int number = 2; number <= files; number++) {
            Files.copy(spool.resolve("000000000001.spool"), spool.resolve(String.format("%012d.spool", number)));
        }

        try (Bench bench = bench(new MemorySource(10, true))
                .define(copy, "1", away)
                .pipeline("demo", settings.value())
                .live()) {
            bench.desk.once("demo");
            bench.await("demo", PipelineState.FINISHED);

            assertThat(bench.show("demo").bestEffort().get(0).spooled()).isEqualTo(10L * files);
        }
    }

    /** All that the file system says is the name. */
    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        MemorySource source = new MemorySource(10, true);
        source.unopenable = new NotDirectoryException("/data/inbox");
        try (Bench bench = bench(source).live()) {
            bench.desk.once("demo");

            assertThat(bench.show("demo").detail()).endsWith(" failed: /data/inbox is no directory");
        }
    }
}
