// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.control.PipelineState;
import org.snakepipe.engine.internal.settings.Ordering;

/** Which records keep their order when nobody has said so. */
@Timeout(60)
class EngineOrderTest {
    private static final String COPY = "snakepipe.sink.memory~copy";

    @TempDir
    private Path data;

    private final MemorySink sink = new MemorySink();

    private static Record keyed(long number) {
        return Record.of(Map.of("n", number)).withKey("key " + number % 3);
    }

    private Bench bench(MemorySource source, Settings settings) {
        return new Bench(data)
                .define(Settings.SOURCE, "1", source)
                .define(Settings.SINK, "1", sink)
                .pipeline("demo", settings.value());
    }

    private static Settings auto() {
        return Settings.plain().ordering(Ordering.AUTO).tempo(10, 4, 1, 0);
    }

    /** How many workers have written records of one key. */
    private static Map<String, Set<Thread>> byKey(MemorySink target) {
        Map<String, Set<Thread>> threads = new ConcurrentHashMap<>();
        target.before = batch -> batch.forEach(
                record -> threads.computeIfAbsent(record.key().orElse(""), key -> ConcurrentHashMap.newKeySet())
                        .add(Thread.currentThread()));
        return threads;
    }

    @Test
    void keepsTheOrderOfEachKeyForASinkThatHasAKey() throws Exception {
        sink.keyed = true;
        Map<String, Set<Thread>> threads = byKey(sink);
        try (Bench bench = bench(new MemorySource(20_000, true, EngineOrderTest::keyed), auto())
                .live()) {
            assertThat(bench.show("demo").ordering()).isEqualTo("key (auto: " + Settings.SINK + " has a key)");
            bench.await("demo", PipelineState.FINISHED);
        }

        assertThat(threads.values())
                .hasSize(3)
                .allSatisfy(workers -> assertThat(workers).hasSize(1));
        Map<String, Long> last = new HashMap<>();
        for (Record record : sink.written) {
            long number = (Long) record.value().get("n");
            Long before = last.put(record.key().orElseThrow(), number);
            assertThat(before == null || before < number)
                    .as("%s after %s", number, before)
                    .isTrue();
        }
    }

    /** A batch that hangs holds up all others of its key; where no order is kept, none. */
    @Test
    void keepsNoneForSinksWithoutAKey() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        sink.before = batch -> {
            if (first.getCount() > 0) {
                first.countDown();
                open.await();
            }
        };
        try (Bench bench = bench(
                        new MemorySource(1_000, true, number -> keyed(number).withKey("one")),
                        auto().tempo(10, 4, 1, 0))
                .live()) {
            assertThat(bench.show("demo").ordering()).isEqualTo("none (auto: no sink has a key)");
            assertThat(first.await(Bench.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

            Bench.await(() -> sink.count() >= 500);

            open.countDown();
            bench.await("demo", PipelineState.FINISHED);
            assertThat(sink.count()).isEqualTo(1_000);
        }
    }

    @Test
    void doesWhatItIsToldWhateverTheSinkSays() throws Exception {
        sink.keyed = true;
        Settings told = auto().ordering(Ordering.NONE);
        try (Bench bench = bench(new MemorySource(Long.MAX_VALUE, false), told).live()) {
            assertThat(bench.show("demo").ordering()).isEqualTo("none");

            bench.hold();
            bench.pipeline("demo", told.ordering(Ordering.STRICT).value()).live();
            assertThat(bench.show("demo").ordering()).isEqualTo("strict");
        }
    }

    @Test
    void changesWithTheSinkWhileItRuns() throws Exception {
        MemorySource source = new MemorySource(Long.MAX_VALUE, false, EngineOrderTest::keyed);
        MemorySink next = new MemorySink();
        next.keyed = true;
        try (Bench bench = bench(source, auto().tempo(10, 4, 1, 20_000)).live()) {
            Bench.await(() -> sink.count() > 100);

            bench.hold();
            bench.define(Settings.SINK, "2", next).live();

            assertThat(bench.show("demo").ordering()).startsWith("key (auto: ");
            // Batches that were on their way come without order; what is read once they have arrived does not.
            Bench.await(() -> next.count() > 1_000);
            Map<String, Set<Thread>> threads = byKey(next);
            int before = next.count();
            Bench.await(() -> next.count() > before + 1_000);
            assertThat(threads.values())
                    .allSatisfy(workers -> assertThat(workers).hasSize(1));
            assertThat(source.opens).hasValue(1);
        }
    }

    @Test
    void aBestEffortSinkWithAKeyCountsToo() throws Exception {
        MemorySink copy = new MemorySink();
        try (Bench bench = bench(
                        new MemorySource(Long.MAX_VALUE, false),
                        auto().tempo(10, 4, 1, 1_000).bestEffort(20, 1L << 20, COPY))
                .define(COPY, "1", copy)
                .live()) {
            Bench.await(() -> copy.count() > 0);
            assertThat(bench.show("demo").ordering()).isEqualTo("none (auto: no sink has a key)");

            MemorySink keyed = new MemorySink();
            keyed.keyed = true;
            bench.hold();
            bench.define(COPY, "2", keyed).live();
            Bench.await(() -> keyed.count() > 0);

            assertThat(bench.show("demo").ordering()).isEqualTo("key (auto: " + COPY + " has a key)");
        }
        assertThat(List.of(sink, copy)).allSatisfy(each -> assertThat(each.open).hasValue(0));
    }
}
