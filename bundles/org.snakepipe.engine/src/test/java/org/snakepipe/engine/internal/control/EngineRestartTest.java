// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.PipelineState;

@Timeout(240)
class EngineRestartTest {
    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();

    private Bench bench(Path directory, MemorySource source, MemorySink target) {
        return new Bench(directory)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", target)
                .pipeline("demo", Settings.plain().tempo(100, 4, 1, 50_000).value());
    }

    private Bench bench(MemorySource source) {
        return bench(data, source, sink);
    }

    @Test
    void resumesFromTheCheckpointAfterAStop() throws Exception {
        Bench first = bench(new MemorySource(Long.MAX_VALUE, false)).live();
        Bench.await(() -> sink.count() > 2_000);
        first.close();
        long total = first.show("demo").total();

        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            Bench.await(() -> bench.show("demo").recent() > 2_000);
            assertThat(bench.show("demo").total()).isGreaterThan(total + 2_000);
        }

        assertThat(sink.numbers())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, sink.count()).boxed().toList());
    }

    /** The first engine never closes, as a killed one never does; what it had on its way stays there. */
    @Test
    void leavesNoGapAfterACrash() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        AtomicBoolean crashed = new AtomicBoolean();
        sink.before = batch -> {
            if (crashed.get()) {
                dead.await();
            }
        };
        Path checkpoint = data.resolve("checkpoints/demo.json");
        Bench first = bench(new MemorySource(Long.MAX_VALUE, false)).live();
        Bench.await(() -> Files.exists(checkpoint) && sink.count() > 5_000);
        byte[] remembered = Files.readAllBytes(checkpoint);
        crashed.set(true);
        List<Long> all = new ArrayList<>(sink.numbers());

        Path other = Files.createDirectories(data.resolve("again/checkpoints")).getParent();
        Files.write(other.resolve("checkpoints/demo.json"), remembered);
        MemorySink second = new MemorySink();
        try (Bench bench =
                bench(other, new MemorySource(Long.MAX_VALUE, false), second).live()) {
            Bench.await(() -> bench.show("demo").recent() > 20_000);
        }
        dead.countDown();
        first.close();
        all.addAll(second.numbers());

        List<Long> arrived = all.stream().distinct().sorted().toList();
        assertThat(arrived)
                .containsExactlyElementsOf(
                        LongStream.range(0, arrived.size()).boxed().toList());
    }

    @Test
    void readsNothingWhileTheCheckpointCannotBeWrittenAndGoesOnAfterwards() throws Exception {
        MemorySource source = new MemorySource(Long.MAX_VALUE, false);
        Path checkpoints = data.resolve("checkpoints");
        try (Bench bench = bench(source).live()) {
            Bench.await(() -> Files.exists(checkpoints.resolve("demo.json")));

            Files.move(checkpoints, data.resolve("away"));
            Files.createFile(checkpoints);
            bench.await("demo", PipelineState.FAILED);
            assertThat(bench.show("demo").detail())
                    .startsWith("cannot write the checkpoint " + checkpoints.resolve("demo.json"))
                    .contains("nothing more is read until it can");
            Bench.await(() -> bench.show("demo").inFlight() == 0);
            long read = source.read;

            Files.delete(checkpoints);
            bench.await("demo", PipelineState.RUNNING);
            Bench.await(() -> source.read > read + 1_000);
        }
        assertThat(source.opens).hasValue(1);
        assertThat(sink.numbers())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, sink.count()).boxed().toList());
    }

    @Test
    void staysFailedWhenSomethingElseChangesAndTriesAgainWhenItsOwnPartsDo() throws Exception {
        sink.before = batch -> {
            throw new IllegalStateException("a bug");
        };
        MemorySource source = new MemorySource(10, true);
        try (Bench bench = bench(source).live()) {
            bench.await("demo", PipelineState.FAILED);

            bench.hold();
            bench.define("snakepipe.sink.memory~unrelated", "1", new MemorySink())
                    .live();
            assertThat(source.opens).hasValue(1);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);

            MemorySink mended = new MemorySink();
            bench.hold();
            bench.define(Settings.SINK, "2", mended).live();
            bench.await("demo", PipelineState.FINISHED);
            assertThat(mended.count()).isEqualTo(10);

            bench.hold();
            bench.live();
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FINISHED);
            assertThat(source.opens).hasValue(2);
        }
    }

    @Test
    void triesAgainWhenThePluginOfAFailedPartIsReplaced() throws Exception {
        sink.before = batch -> {
            throw new IllegalStateException("a bug");
        };
        try (Bench bench = bench(new MemorySource(10, true)).live()) {
            bench.await("demo", PipelineState.FAILED);

            MemorySink mended = new MemorySink();
            bench.bundleStops(Settings.SINK);
            bench.define(Settings.SINK, "1", mended);

            bench.await("demo", PipelineState.FINISHED);
            assertThat(mended.count()).isEqualTo(10);
        }
    }

    @Test
    void staysStoppedOverARestartUntilItIsStarted() throws Exception {
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            Bench.await(() -> sink.count() > 1_000);
            assertThat(bench.desk.stop("demo", Bench.LIMIT)).isTrue();
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
        }

        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            assertThat(bench.show("demo").detail()).isEqualTo("stopped by hand");
            assertThat(bench.show("demo").total()).isEqualTo(sink.count());

            bench.desk.start("demo");
            bench.await("demo", PipelineState.RUNNING);
        }
    }

    @Test
    void staysPausedOverARestartUntilItIsStartedAndSaysBySinceWhen() throws Exception {
        Instant since;
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            Bench.await(() -> sink.count() > 1_000);
            bench.desk.pause("demo", "alice");
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.PAUSED);
            assertThat(bench.show("demo").detail()).isEqualTo("paused by alice");
            since = bench.show("demo").since();
        }

        MemorySource source = new MemorySource(Long.MAX_VALUE, false);
        try (Bench bench = bench(source).live()) {
            bench.await("demo", PipelineState.PAUSED);
            assertThat(bench.show("demo").detail()).isEqualTo("paused by alice");
            assertThat(bench.show("demo").since()).isEqualTo(since);
            assertThat(sink.open).as("everything is open").hasValue(1);
            assertThat(source.read).as("nothing is read").isZero();

            bench.hold();
            bench.define(Settings.SINK, "2", sink).live();
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.PAUSED);
            assertThat(source.read).isZero();

            bench.desk.start("demo");
            Bench.await(() -> source.read > 0);
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.RUNNING);
        }
        assertThat(data.resolve("orders/demo.json")).doesNotExist();
    }

    @Test
    void saysWhoStoppedItAndSinceWhenAlsoAfterARestart() throws Exception {
        Instant since;
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            bench.desk.stop("demo", Bench.LIMIT, "bob");
            since = bench.show("demo").since();
        }

        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            assertThat(bench.show("demo").detail()).isEqualTo("stopped by bob");
            assertThat(bench.show("demo").since()).isEqualTo(since);
            assertThatThrownBy(() -> bench.desk.pause("demo"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("pipeline 'demo' is stopped: start it first");
            assertThat(bench.desk.drain("demo", Bench.LIMIT)).isTrue();
        }
    }

    @Test
    void staysStoppedWhenItCannotReadWhetherItIs() throws Exception {
        Files.createDirectories(data.resolve("orders"));
        Files.writeString(data.resolve("orders/demo.json"), "{\"format\":1,\"order\":\"SLEEP\"}");

        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            assertThat(bench.show("demo").detail())
                    .contains("whether the pipeline is stopped or paused cannot be read from")
                    .endsWith("start it, or stop it");

            bench.desk.start("demo");
            bench.await("demo", PipelineState.RUNNING);
        }
    }

    @Test
    void isPausedAndSaysThatItWouldForgetItWhenThatCannotBeWritten() throws Exception {
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false)).live()) {
            Files.createFile(data.resolve("orders"));
            assertThatThrownBy(() -> bench.desk.pause("demo"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot write " + data.resolve("orders/demo.json"));
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.PAUSED);
        }
    }

    @Test
    void saysWhenNotEverythingArrivedBeforeTheDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        sink.before = batch -> {
            inside.countDown();
            never.await();
        };
        try (Bench bench = bench(new MemorySource(10, false)).live()) {
            inside.await();

            assertThat(bench.desk.stop("demo", Duration.ofMillis(50))).isFalse();

            sink.before = batch -> {};
            bench.desk.start("demo");
            Bench.await(() -> sink.count() == 10);
        }
    }

    @Test
    void readsFromTheBeginningAfterAReset() throws Exception {
        try (Bench bench = bench(new MemorySource(1_000, true)).live()) {
            bench.await("demo", PipelineState.FINISHED);

            bench.desk.reset("demo", Map.of());
            Bench.await(() -> sink.count() == 2_000);
            bench.await("demo", PipelineState.FINISHED);

            assertThat(bench.show("demo").total()).isEqualTo(1_000);
        }
    }

    @Test
    void doesNotReadFromTheBeginningWhenTheCheckpointIsDamaged() throws Exception {
        Files.createDirectories(data.resolve("checkpoints"));
        Files.writeString(data.resolve("checkpoints/demo.json"), "{\"format\":2}");

        try (Bench bench = bench(new MemorySource(1_000, true)).live()) {
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
            assertThat(bench.show("demo").detail())
                    .contains("demo.json cannot be used (format 2 (allowed: 1)): put back a copy, or start over with"
                            + " 'pipeline reset'");
            assertThat(sink.count()).isZero();

            bench.desk.reset("demo", Map.of());
            bench.await("demo", PipelineState.FINISHED);
        }
    }

    @Test
    void doesNotRunWhatIsNotEnabled() throws Exception {
        try (Bench bench = bench(new MemorySource(1_000, true))
                .pipeline("demo", Settings.plain().enabled(false).value())
                .live()) {
            assertThat(bench.show("demo").state()).isEqualTo(PipelineState.STOPPED);
            assertThatThrownBy(() -> bench.desk.start("demo"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "pipeline 'demo' is switched off by its configuration: set enabled = true in snakepipe.pipeline~demo.cfg");
        }
    }

    @Test
    void namesThePipelinesThatThereAre() throws Exception {
        try (Bench bench = bench(new MemorySource(0, true)).live()) {
            assertThatThrownBy(() -> bench.desk.stop("demos", Bench.LIMIT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no pipeline 'demos' (there are: demo)");
        }
    }
}
