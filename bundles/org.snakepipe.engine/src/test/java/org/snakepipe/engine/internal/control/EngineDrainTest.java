// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.PipelineState;

/** While one pipeline lets things arrive, the engine has time for everybody else. */
class EngineDrainTest {
    private static final String SLOW_SOURCE = "snakepipe.source.memory~slow";
    private static final String SLOW_SINK = "snakepipe.sink.memory~slow";
    private static final int RECORDS = 500;
    /** Who waited for the drain on the control thread would be answered when it is over, and find it over. */
    private static final Duration DRAIN = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private final CountDownLatch arrives = new CountDownLatch(1);
    private final MemorySource source = new MemorySource(RECORDS, false);
    private final MemorySink slow = new MemorySink();
    private final MemorySink sink = new MemorySink();
    private Bench bench;

    @BeforeEach
    void twoRun() throws InterruptedException {
        slow.before = batch -> arrives.await();
        bench = new Bench(data, Selection.all(), DRAIN)
                .define(SLOW_SOURCE, "1", source)
                .define(SLOW_SINK, "1", slow)
                .define(Settings.SOURCE, "1", new MemorySource(RECORDS, false))
                .define(Settings.SINK, "1", sink)
                .pipeline("slow", slow().value())
                .pipeline("other", Settings.plain().value())
                .live();
        Bench.await(() -> bench.show("slow").inFlight() == RECORDS);
    }

    @AfterEach
    void close() {
        arrives.countDown();
        bench.close();
    }

    private static Settings slow() {
        return Settings.plain().route(SLOW_SOURCE, List.of(), List.of(SLOW_SINK));
    }

    private static FutureTask<Object> aside(Callable<Object> call) {
        FutureTask<Object> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object result(FutureTask<Object> task) throws Exception {
        return task.get(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private FutureTask<Object> resetSlowly() {
        FutureTask<Object> resetting = aside(() -> {
            bench.desk.reset("slow", Map.of());
            return true;
        });
        bench.await("slow", PipelineState.DRAINING);
        return resetting;
    }

    private FutureTask<Object> stopSlowly() {
        FutureTask<Object> stopping = aside(() -> bench.desk.stop("slow", DRAIN));
        bench.await("slow", PipelineState.DRAINING);
        return stopping;
    }

    @Test
    void answersAboutOthersWhileOneStops() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        bench.desk.pause("other");
        bench.desk.start("other");
        assertThat(bench.desk.stop("other", DRAIN)).isTrue();

        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.DRAINING);
        assertThat(stopping.isDone()).isFalse();
        arrives.countDown();
        assertThat(result(stopping)).isEqualTo(true);
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.STOPPED);
        assertThat(slow.count()).isEqualTo(RECORDS);
    }

    @Test
    void answersAboutOthersWhileOneIsReset() throws Exception {
        FutureTask<Object> resetting = aside(() -> {
            bench.desk.reset("slow", Map.of(MemorySource.PARTITION, "490"));
            return true;
        });
        bench.await("slow", PipelineState.DRAINING);

        bench.desk.pause("other");

        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.DRAINING);
        assertThat(resetting.isDone()).isFalse();
        arrives.countDown();
        result(resetting);
        Bench.await(() -> slow.count() == RECORDS + 10);
    }

    @Test
    void startsAgainWhatStopsWhenItHasStopped() throws Exception {
        FutureTask<Object> stopping = stopSlowly();
        FutureTask<Object> starting = aside(() -> {
            bench.desk.start("slow");
            return true;
        });

        bench.desk.pause("other");
        assertThat(source.opens.get()).as("two never read").isEqualTo(1);
        arrives.countDown();

        assertThat(result(stopping)).isEqualTo(true);
        result(starting);
        bench.await("slow", PipelineState.RUNNING);
        assertThat(source.opens.get()).isEqualTo(2);
        assertThat(bench.show("slow").total()).as("nothing twice").isEqualTo(RECORDS);
    }

    @Test
    void drainingWhatStopsAlreadyWaitsForIt() throws Exception {
        FutureTask<Object> stopping = stopSlowly();
        FutureTask<Object> draining = aside(() -> bench.desk.drain("slow", Bench.PATIENCE));

        bench.desk.pause("other");
        arrives.countDown();

        assertThat(result(stopping)).isEqualTo(true);
        assertThat(result(draining)).isEqualTo(true);
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.STOPPED);
    }

    @Test
    void appliesAChangeThatComesWhileItStopsWhenItHasStopped() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        bench.hold();
        bench.pipeline("slow", slow().enabled(false).value());
        assertThat(bench.settle()).isEmpty();
        bench.release();

        assertThat(stopping.isDone()).isFalse();
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.DRAINING);
        arrives.countDown();
        assertThat(result(stopping)).isEqualTo(true);
        Bench.await(() -> bench.show("slow").detail().equals("enabled = false"));
    }

    @Test
    void readsOnWithAChangeThatComesWhileItIsReset() throws Exception {
        MemorySink next = new MemorySink();
        FutureTask<Object> resetting = resetSlowly();

        bench.hold();
        bench.define(SLOW_SINK, "2", next);
        bench.settle();
        bench.release();
        arrives.countDown();

        result(resetting);
        Bench.await(() -> next.count() == RECORDS);
        assertThat(slow.afterClose.get()).isZero();
    }

    @Test
    void removesWhatStops() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        bench.hold();
        bench.forget("snakepipe.pipeline~slow").forget(SLOW_SOURCE).forget(SLOW_SINK);
        FutureTask<Object> settling = aside(bench::settle);
        arrives.countDown();

        assertThat(result(settling)).isEqualTo(List.of());
        assertThat(bench.desk.show("slow")).isEmpty();
        assertThat(slow.open.get()).isZero();
        assertThat(source.open.get()).isZero();
        result(stopping);
    }

    @Test
    void endsItsAnswersWhenTheEngineCloses() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        bench.close();

        assertThat(result(stopping)).as("what did not arrive").isEqualTo(false);
    }

    @Test
    void stopsWhosePartLeavesMeanwhile() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        FutureTask<Object> leaving = aside(() -> {
            bench.bundleStops(SLOW_SINK);
            return true;
        });
        arrives.countDown();

        result(leaving);
        assertThat(result(stopping)).isEqualTo(true);
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.STOPPED);
        assertThat(slow.open.get()).isZero();
    }

    @Test
    void refusesAChangeThatCannotBeOpenedAlsoWhileItIsReset() throws Exception {
        MemorySink broken = new MemorySink();
        broken.unopenable = new IllegalStateException("no such table");
        FutureTask<Object> resetting = resetSlowly();

        bench.hold();
        bench.define(SLOW_SINK, "2", broken);
        List<Problem> problems = bench.settle();
        bench.define(SLOW_SINK, "1", slow);
        assertThat(bench.settle()).isEmpty();
        bench.release();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.toString()).contains("no such table");
        });
        arrives.countDown();
        result(resetting);
        Bench.await(() -> slow.count() == 2 * RECORDS);
    }

    @Test
    void pausesWhatIsResetWhenItRunsAgain() throws Exception {
        FutureTask<Object> resetting = resetSlowly();

        bench.desk.pause("slow", "alice");

        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.DRAINING);
        arrives.countDown();
        result(resetting);
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.PAUSED);
        assertThat(slow.count()).isEqualTo(RECORDS);
    }

    @Test
    void theLastWordAboutItCountsWhenItHasStopped() throws Exception {
        FutureTask<Object> resetting = resetSlowly();
        FutureTask<Object> stopping = aside(() -> bench.desk.stop("slow", DRAIN));
        Path order = data.resolve("orders/slow.json");
        Bench.await(() -> Files.exists(order));

        arrives.countDown();

        assertThat(result(stopping)).isEqualTo(true);
        result(resetting);
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.STOPPED);
        assertThat(bench.show("slow").total()).as("it was reset all the same").isZero();
        assertThat(source.opens).hasValue(1);
    }

    @Test
    void remembersThatItIsToBeStoppedBeforeItHasStopped() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        Path order = data.resolve("orders/slow.json");
        Bench.await(() -> Files.exists(order));
        assertThat(order).content().contains("STOP");
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.DRAINING);

        arrives.countDown();
        result(stopping);
    }

    @Test
    void stopsAlsoWhenThatCannotBeRemembered() throws Exception {
        Files.createFile(data.resolve("orders"));
        FutureTask<Object> stopping = stopSlowly();

        arrives.countDown();

        assertThatThrownBy(() -> result(stopping))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write " + data.resolve("orders/slow.json"));
        assertThat(bench.show("slow").state()).isEqualTo(PipelineState.STOPPED);
        assertThat(source.open).hasValue(0);
    }

    @Test
    void whatStopsMayBeToldToStopSooner() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        assertThat(bench.desk.stop("slow", Duration.ZERO)).isFalse();

        assertThat(result(stopping)).isEqualTo(false);
        assertThat(source.open).hasValue(0);
    }

    @Test
    void replaysNothingThroughWhatStops() throws Exception {
        FutureTask<Object> stopping = stopSlowly();

        assertThatThrownBy(() -> bench.desk.replay("slow", List.of(), DRAIN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pipeline 'slow' is stopped: start it first");

        arrives.countDown();
        result(stopping);
    }

    @Test
    void aBundleWaitsForWhatUsesItToStop() throws Exception {
        CountDownLatch closes = new CountDownLatch(1);
        source.closing = () -> awaitQuietly(closes);
        FutureTask<Object> stopping = stopSlowly();
        arrives.countDown();

        Thread leaving = new Thread(() -> bench.bundleStops(SLOW_SOURCE), "test-leaving");
        leaving.start();
        Bench.await(() -> leaving.getState() == Thread.State.WAITING || !leaving.isAlive());
        assertThat(leaving.isAlive()).as("it waits").isTrue();
        closes.countDown();

        leaving.join();
        assertThat(source.open).hasValue(0);
        assertThat(result(stopping)).isEqualTo(true);
    }

    @Test
    void asksASourceAboutAPositionBesideAllOthers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        source.asked = () -> {
            asked.countDown();
            awaitQuietly(answers);
        };
        FutureTask<Object> resetting = aside(() -> {
            bench.desk.reset("slow", Map.of(MemorySource.PARTITION, "490"));
            return true;
        });
        assertThat(asked.await(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        bench.desk.pause("other");

        assertThat(resetting.isDone()).isFalse();
        answers.countDown();
        arrives.countDown();
        result(resetting);
    }
}
