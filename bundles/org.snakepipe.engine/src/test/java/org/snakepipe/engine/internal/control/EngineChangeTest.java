// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Resource;
import org.snakepipe.api.pipeline.Shared;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.api.pipeline.Transform;
import org.snakepipe.control.PipelineState;

@Timeout(240)
class EngineChangeTest {
    private static final String POOL = "snakepipe.datasource~pool";

    @TempDir
    private Path data;

    private final MemorySource source = new MemorySource(Long.MAX_VALUE, false);
    private final MemorySink sink = new MemorySink();
    private Bench bench;

    @BeforeEach
    void setUp() {
        bench = new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", Settings.plain().tempo(100, 4, 1, 50_000).value());
    }

    /** Also a second time: who is left behind writes checkpoints into a directory that is being deleted. */
    @AfterEach
    void close() {
        bench.close();
    }

    /** Everything that was read once has arrived once, in all sinks together. */
    private void assertNothingLost(MemorySink... sinks) {
        bench.close();
        List<Long> all = java.util.Arrays.stream(sinks)
                .flatMap(each -> each.numbers().stream())
                .sorted()
                .toList();
        assertThat(all)
                .containsExactlyElementsOf(
                        LongStream.range(0, all.size()).boxed().toList());
        for (MemorySink each : sinks) {
            assertThat(each.afterClose).hasValue(0);
            assertThat(each.open).hasValue(0);
        }
        assertThat(source.open).hasValue(0);
    }

    @Test
    void isHeldUntilItsFirstSettle() throws Exception {
        bench.release();

        assertThat(bench.desk.list()).isEmpty();

        bench.live();
        bench.await("demo", PipelineState.RUNNING);
        assertNothingLost(sink);
    }

    @Test
    void swapsASinkUnderLoadAndLosesNothing() throws Exception {
        bench.live();
        MemorySink[] sinks = new MemorySink[21];
        sinks[0] = sink;

        for (int round = 1; round < sinks.length; round++) {
            MemorySink next = new MemorySink();
            sinks[round] = next;
            bench.hold();
            bench.define(Settings.SINK, "round " + round, next).live();
            Bench.await(() -> next.count() > 0);
        }

        assertThat(source.opens).hasValue(1);
        assertNothingLost(sinks);
    }

    @Test
    void keepsWhatIsOpenWhenNothingChanged() throws Exception {
        bench.live();

        bench.hold();
        bench.define(Settings.SINK, "1", new MemorySink()).live();

        assertThat(sink.opens).hasValue(1);
        assertNothingLost(sink);
    }

    @Test
    void keepsTheOldSinkWhenTheNewOneDoesNotOpen() throws Exception {
        bench.live();
        MemorySink broken = new MemorySink();
        broken.unopenable = new IOException("no route to host");

        bench.hold();
        List<Problem> problems = bench.define(Settings.SINK, "2", broken).settle();
        int before = sink.count();
        Bench.await(() -> sink.count() > before + 1_000);

        assertThat(problems)
                .hasToString("[snakepipe.sink.memory~out: opening snakepipe.sink.memory~out failed: no route to host]");
        assertThat(problems.get(0).isError()).isTrue();
        bench.define(Settings.SINK, "1", sink).live();
        assertThat(sink.opens).hasValue(1);
        assertNothingLost(sink);
    }

    @Test
    void usesNothingOfAChangeWhenOnePartRefuses() throws Exception {
        MemorySink other = new MemorySink();
        bench.define("snakepipe.source.memory~in2", "1", new MemorySource(0, false))
                .define("snakepipe.sink.memory~out2", "1", other)
                .pipeline(
                        "other",
                        Settings.plain()
                                .route("snakepipe.source.memory~in2", List.of(), List.of("snakepipe.sink.memory~out2"))
                                .value())
                .live();
        MemorySink good = new MemorySink();

        bench.hold();
        bench.define(Settings.SINK, "2", good);
        bench.define("snakepipe.sink.memory~out2", "2", (Callable<Object>) () -> {
            throw new IllegalArgumentException("bad table");
        });
        List<Problem> problems = bench.settle();

        assertThat(problems).extracting(Problem::code).containsExactly("definition.failed");
        assertThat(problems.get(0))
                .hasToString("snakepipe.sink.memory~out2: constructing snakepipe.sink.memory~out2 failed: bad table");
        Bench.await(() -> good.opens.get() == 1 && good.open.get() == 0);
        assertThat(good.count()).isZero();
        assertNothingLost(sink);
    }

    @Test
    void saysThatAConstructorHangs() throws Exception {
        bench.live();
        CountDownLatch never = new CountDownLatch(1);

        bench.hold();
        bench.define(Settings.SINK, "2", () -> {
            never.await();
            return new MemorySink();
        });
        List<Problem> problems = bench.settle(Duration.ofMillis(500));

        assertThat(problems)
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("constructing snakepipe.sink.memory~out took longer than 500 ms: it hangs at ");
        assertNothingLost(sink);
    }

    @Test
    void opensThoughAConstructorLeavesTheInterruptFlag() throws Exception {
        bench.live();
        MemorySink next = new MemorySink();
        Resource<Object> pool = context -> shared(new Object());
        next.resource = POOL;

        bench.hold();
        bench.define(POOL, "1", () -> {
            Thread.currentThread().interrupt();
            return pool;
        });
        bench.define(Settings.SINK, "2", () -> {
                    Thread.currentThread().interrupt();
                    return next;
                })
                .live();

        Bench.await(() -> next.count() > 0);
        assertNothingLost(sink, next);
    }

    @Test
    void entersABatchThatFailsInTheOldSinkIntoTheNewOne() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        sink.before = batch -> {
            failed.countDown();
            throw new IOException("gone for good");
        };
        bench.live();
        failed.await();
        MemorySink next = new MemorySink();

        bench.hold();
        bench.define(Settings.SINK, "2", next).live();
        Bench.await(() -> next.count() > 1_000);

        assertThat(sink.count()).isZero();
        assertNothingLost(sink, next);
    }

    @Test
    void drainsAndOpensAnotherSource() throws Exception {
        bench.live();
        Bench.await(() -> sink.count() > 500);
        MemorySource next = new MemorySource(Long.MAX_VALUE, false);

        bench.hold();
        bench.define(Settings.SOURCE, "2", next).live();
        Bench.await(() -> next.read > source.read + 1_000);

        assertThat(source.open).hasValue(0);
        assertThat(sink.opens).as("the sink stays open").hasValue(1);
        assertNothingLost(sink);
        assertThat(next.open).hasValue(0);
    }

    @Test
    void refusesASourceThatDoesNotOpenSoThatTheOldOneCanComeBack() throws Exception {
        bench.live();
        Bench.await(() -> sink.count() > 500);
        MemorySource next = new MemorySource(Long.MAX_VALUE, false);
        next.unopenable = new IOException("no such directory");

        bench.hold();
        List<Problem> problems = bench.define(Settings.SOURCE, "2", next).settle();

        assertThat(problems)
                .hasToString(
                        "[snakepipe.source.memory~in: opening snakepipe.source.memory~in failed: no such directory]");
        assertThat(problems.get(0).isError()).isTrue();
        int before = sink.count();
        bench.define(Settings.SOURCE, "1", source).live();
        Bench.await(() -> sink.count() > before + 1_000);
        assertNothingLost(sink);
    }

    @Test
    void startsLaterWhatCannotBeReachedAtFirst() throws Exception {
        sink.unopenable = new IOException("connection refused");

        List<Problem> problems = bench.settle();
        bench.release();

        assertThat(problems)
                .hasToString(
                        "[snakepipe.sink.memory~out: opening snakepipe.sink.memory~out failed: connection refused; trying again]");
        assertThat(problems.get(0).isError()).isFalse();
        assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
        assertThat(bench.show("demo").detail()).contains("connection refused");

        sink.unopenable = null;
        bench.await("demo", PipelineState.RUNNING);
        assertNothingLost(sink);
    }

    @Test
    void aChangeOfSomethingElseDoesNotWaitForWhatCannotBeReached() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch trying = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        bench.define(Settings.SINK, "1", () -> {
            boolean first = tries.incrementAndGet() == 1;
            trying.countDown();
            if (!first) {
                never.await();
            }
            throw new IOException("connection refused");
        });
        assertThat(bench.settle()).hasSize(1);
        bench.release();
        trying.await();

        // The second try hangs now; the default limit for it is ten seconds.
        bench.hold();
        int before = tries.get();
        List<Problem> problems = bench.define("snakepipe.sink.memory~unrelated", "1", new MemorySink())
                .settle();

        assertThat(problems).singleElement().asString().contains("connection refused; trying again");
        assertThat(tries).as("it is not tried within the change").hasValue(before);

        bench.hold();
        bench.define(Settings.SINK, "2", sink).live();
        bench.await("demo", PipelineState.RUNNING);
        assertNothingLost(sink);
    }

    @Test
    void isTriedAgainAfterAChangeThatCameInBetween() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch trying = new CountDownLatch(2);
        bench.define(Settings.SINK, "1", () -> {
            trying.countDown();
            switch (tries.incrementAndGet()) {
                case 1:
                    throw new IOException("connection refused");
                case 2:
                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                default:
                    return sink;
            }
        });
        assertThat(bench.settle()).hasSize(1);
        bench.release();
        trying.await();

        bench.hold();
        assertThat(bench.settle())
                .as("the second try was broken off for the change")
                .hasSize(1);
        bench.release();

        bench.await("demo", PipelineState.RUNNING);
        assertNothingLost(sink);
    }

    @Test
    void waitsForAMissingPartAndStartsWhenItComes() throws Exception {
        bench.pipeline("demo", Settings.plain().transforms(Settings.TRANSFORM).value())
                .want(Settings.TRANSFORM, "1");

        List<Problem> problems = bench.settle();
        bench.release();

        assertThat(problems).isEmpty();
        assertThat(bench.show("demo").state()).isEqualTo(PipelineState.WAITING);
        assertThat(bench.show("demo").detail()).isEqualTo("waits for snakepipe.transform.memory~t");

        Transform same = context -> (record, output) -> output.accept(record);
        bench.define(Settings.TRANSFORM, "1", same);
        bench.await("demo", PipelineState.RUNNING);
        assertNothingLost(sink);
    }

    @Test
    void drainsWhenABundleStopsAndGoesOnWhenItIsBack() throws Exception {
        bench.define(Settings.SINK, "1", () -> sink).live();
        Bench.await(() -> sink.count() > 500);

        bench.bundleStops(Settings.SINK);
        assertThat(sink.open).as("closed before the bundle has stopped").hasValue(0);
        bench.await("demo", PipelineState.WAITING);
        MemorySink next = new MemorySink();
        bench.define(Settings.SINK, "1", () -> next);
        Bench.await(() -> next.count() > 500);

        assertNothingLost(sink, next);
    }

    @Test
    void stopsWhenTheBundleOfItsSourceStops() throws Exception {
        bench.define(Settings.SOURCE, "1", () -> source).live();
        Bench.await(() -> sink.count() > 500);

        bench.bundleStops(Settings.SOURCE);
        assertThat(source.open).hasValue(0);
        bench.await("demo", PipelineState.WAITING);
        bench.define(Settings.SOURCE, "1", () -> source);
        bench.await("demo", PipelineState.RUNNING);

        assertNothingLost(sink);
    }

    @Test
    void interruptsABatchThatHoldsUpAStoppingBundle() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        sink.before = batch -> {
            inside.countDown();
            never.await();
        };
        bench.define(Settings.SINK, "1", () -> sink).live();
        inside.await();

        bench.bundleStops(Settings.SINK);
        MemorySink next = new MemorySink();
        bench.define(Settings.SINK, "1", () -> next);
        Bench.await(() -> next.count() > 1_000);

        assertThat(sink.count()).isZero();
        assertNothingLost(sink, next);
    }

    @Test
    void closesAPipelineThatNobodyConfiguresAnyMore() throws Exception {
        bench.live();
        Bench.await(() -> sink.count() > 500);

        bench.hold();
        bench.forget("snakepipe.pipeline~demo").live();

        assertThat(bench.desk.list()).isEmpty();
        assertThat(sink.open).hasValue(0);
        assertNothingLost(sink);
    }

    /** Decisions are made for all pipelines on one thread. */
    @Test
    void aWriterThatHangsWhenItIsClosedHoldsNobodyUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Sink hanging = context -> new SinkWriter() {
            @Override
            public void write(List<Record> batch) {}

            @Override
            public void close() {
                awaitQuietly(never);
            }
        };
        MemorySink next = new MemorySink();
        try {
            bench.define(Settings.SINK, "1", hanging)
                    .pipeline("demo", Settings.plain().tempo(100, 4, 1, 50_000).value())
                    .live();
            bench.await("demo", PipelineState.RUNNING);
            bench.hold();
            bench.define(Settings.SINK, "2", next);

            assertThat(bench.settle()).isEmpty();
            bench.release();
            Bench.await(() -> next.count() > 100);
        } finally {
            never.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void doesNotActWhileItIsHeld() throws Exception {
        bench.live();
        Bench.await(() -> sink.count() > 0);

        bench.hold();
        MemorySink next = new MemorySink();
        bench.define(Settings.SINK, "2", next);
        int before = sink.count();
        Bench.await(() -> sink.count() > before + 1_000);

        assertThat(next.opens).hasValue(0);
        bench.live();
        Bench.await(() -> next.count() > 0);
        assertNothingLost(sink, next);
    }

    @Test
    void saysThatAReferenceHasTheWrongKind() throws Exception {
        bench.pipeline(
                "demo",
                Settings.plain()
                        .route(Settings.SOURCE, List.of(), List.of(Settings.SOURCE))
                        .value());

        assertThat(bench.settle())
                .first()
                .asString()
                .isEqualTo("snakepipe.pipeline~demo: uses snakepipe.source.memory~in as a sink, and that is no sink");
    }

    private static Shared<Object> shared(Object value) {
        return shared(value, new AtomicInteger());
    }

    private static Shared<Object> shared(Object value, AtomicInteger open) {
        open.incrementAndGet();
        return new Shared<>() {
            @Override
            public Object value() {
                return value;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    @Test
    void sharesAResourceAndExchangesItWithItsBorrowers() throws Exception {
        AtomicInteger opens = new AtomicInteger();
        AtomicInteger openOld = new AtomicInteger();
        AtomicInteger openNew = new AtomicInteger();
        Resource<Object> pool = context -> {
            opens.incrementAndGet();
            return shared("old", openOld);
        };
        Resource<Object> rotated = context -> shared("new", openNew);
        MemorySink second = new MemorySink();
        sink.resource = POOL;
        second.resource = POOL;
        bench.define(POOL, "1", pool)
                .define("snakepipe.sink.memory~second", "1", second)
                .pipeline(
                        "demo",
                        Settings.plain()
                                .route(
                                        Settings.SOURCE,
                                        List.of(),
                                        List.of(Settings.SINK, "snakepipe.sink.memory~second"))
                                .tempo(100, 4, 1, 50_000)
                                .value())
                .live();
        assertThat(opens).hasValue(1);
        assertThat(openOld).hasValue(1);

        bench.hold();
        bench.define(POOL, "2", rotated).live();
        Bench.await(() -> openOld.get() == 0);

        assertThat(openNew).hasValue(1);
        assertThat(sink.opens).hasValue(2);
        bench.close();
        assertThat(openNew).hasValue(0);
        assertThat(sink.numbers()).doesNotHaveDuplicates();
        assertThat(second.numbers()).containsExactlyInAnyOrderElementsOf(sink.numbers());
    }

    @Test
    void waitsForAMissingResource() throws Exception {
        sink.resource = POOL;

        bench.settle();
        bench.release();
        assertThat(bench.show("demo").detail())
                .isEqualTo("opening snakepipe.sink.memory~out failed: there is no resource " + POOL
                        + ": no plugin provides it, or nothing configures it");

        bench.hold();
        Resource<Object> pool = context -> shared("pool");
        bench.define(POOL, "1", pool).live();
        bench.await("demo", PipelineState.RUNNING);
        assertNothingLost(sink);
    }

    @Test
    void changesTransformAndSinkTogether() throws Exception {
        MemorySink next = new MemorySink();
        AtomicInteger mixed = new AtomicInteger();
        bench.define(Settings.TRANSFORM, "1", marking("old"))
                .pipeline(
                        "demo",
                        Settings.plain()
                                .transforms(Settings.TRANSFORM)
                                .tempo(100, 4, 1, 50_000)
                                .value());
        sink.before = batch -> count(batch, "old", mixed);
        next.before = batch -> count(batch, "new", mixed);
        bench.live();
        Bench.await(() -> sink.count() > 500);

        bench.hold();
        bench.define(Settings.TRANSFORM, "2", marking("new"))
                .define(Settings.SINK, "2", next)
                .live();
        Bench.await(() -> next.count() > 500);

        assertThat(mixed).hasValue(0);
        assertNothingLost(sink, next);
    }

    private static Transform marking(String mark) {
        return context -> (record, output) -> output.accept(record.withMeta("mark", mark));
    }

    private static void count(List<Record> batch, String mark, AtomicInteger mixed) {
        batch.stream()
                .filter(record -> !record.meta().get("mark").equals(mark))
                .forEach(record -> mixed.incrementAndGet());
    }
}
