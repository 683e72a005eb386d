// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.QuarantinedRecord;
import org.snakepipe.engine.internal.settings.Limits;
import org.snakepipe.engine.internal.settings.Ordering;

/**
 * The disk of the data directory, with quarantine and checkpoints, is really full: a file system of 256 KiB in memory, which a
 * process of its own may mount, whoever runs the tests. Skipped where the system allows nobody a user namespace.
 */
@EnabledIf(value = "canMount", disabledReason = "unshare -Urm mount -t tmpfs is not allowed on this machine")
class EngineFullDiskTest {
    private static final int RECORDS = 100;
    /** Every so many is rejected; with its bytes it takes a page of the disk. */
    private static final int POISON = 3;

    private static final int QUEUE = 10;
    /** Is rejected when some have passed, and others of its kind come behind it in the same queue. */
    private static final long FULL_AT = 30;

    private static final int RECORD_BYTES = 1024;
    private static final int PAGE_BYTES = 4096;

    @TempDir
    private Path directory;

    static boolean canMount() throws IOException, InterruptedException {
        Path mount = Files.createTempDirectory("snakepipe-mount");
        try {
            return inOwnFileSystem(mount, "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } finally {
            Files.delete(mount);
        }
    }

    private static ProcessBuilder inOwnFileSystem(Path mount, String command) {
        return new ProcessBuilder(
                        "unshare",
                        "-Urm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=256k tmpfs \"$0\" && exec " + command,
                        mount.toString())
                .redirectErrorStream(true);
    }

    @Test
    void waitsUntilThereIsRoomAndLosesNothing() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = inOwnFileSystem(directory, "\"$JAVA\" -cp \"$CLASSES\" \"$MAIN\" \"$0\"");
        builder.environment()
                .putAll(Map.of(
                        "JAVA", java,
                        "CLASSES", System.getProperty("java.class.path"),
                        "MAIN", Inside.class.getName()));
        Process process = builder.start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("No space left on device", "went on");
    }

    /** What runs where the disk is full. */
    static final class Inside {
        private Inside() {}

        public static void main(String[] arguments) throws Exception {
            Path data = Path.of(arguments[0]);
            Path ballast = data.resolve("ballast");
            AtomicBoolean full = new AtomicBoolean();
            MemorySink sink = new MemorySink();
            Limits limits = new Limits(
                    1L << 20,
                    QUEUE,
                    1L << 20,
                    Duration.ofMillis(1),
                    Duration.ofMillis(20),
                    Limits.DEFAULT.quarantineBytes());
            Settings settings = Settings.plain()
                    .ordering(Ordering.STRICT)
                    .onError("quarantine")
                    .tempo(1, 1, 0, 0)
                    .limits(limits);
            try (Bench bench = new Bench(data)
                    .define(Settings.SOURCE, "1", new MemorySource(RECORDS, true, Inside::record))
                    .define(Settings.SINK, "1", sink)
                    .pipeline("demo", settings.value())) {
                sink.before = batch -> {
                    if (number(batch.get(0)) == FULL_AT && full.compareAndSet(false, true)) {
                        // What is to be kept must be on its way: who cannot write a checkpoint reads nothing more.
                        Bench.await(() -> bench.show("demo").inFlight() == QUEUE);
                        fill(ballast);
                    }
                    if (batch.stream().anyMatch(record -> number(record) % POISON == 0)) {
                        throw new IllegalStateException("cannot digest");
                    }
                };
                bench.live();
                Bench.await(() -> bench.show("demo").detail().contains("cannot keep rejected records"));
                System.out.println(bench.show("demo").detail());
                assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
                assertThat(bench.show("demo").inFlight()).as("bounded").isBetween(1L, (long) QUEUE);
                int before = sink.count();

                Files.delete(ballast);
                bench.await("demo", PipelineState.FINISHED);
                System.out.println("went on");

                assertThat(sink.count()).isGreaterThan(before);
                assertThat(bench.show("demo").total()).isEqualTo(RECORDS);
                assertEachIsSomewhereOnce(sink.numbers(), bench.desk.quarantine("demo"));
            }
        }

        /** A checkpoint that is just being replaced may leave a page; of the rejected ones in the queue each takes one. */
        private static void fill(Path ballast) {
            try (OutputStream out = Files.newOutputStream(ballast)) {
                while (true) {
                    out.write(new byte[PAGE_BYTES]);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left on device");
            }
        }

        private static void assertEachIsSomewhereOnce(List<Long> written, List<QuarantinedRecord> kept) {
            assertThat(written)
                    .containsExactlyElementsOf(LongStream.range(0, RECORDS)
                            .filter(number -> number % POISON != 0)
                            .boxed()
                            .toList());
            assertThat(kept)
                    .extracting(QuarantinedRecord::key)
                    .containsExactlyElementsOf(LongStream.range(0, RECORDS)
                            .filter(number -> number % POISON == 0)
                            .mapToObj(Long::toString)
                            .toList());
        }

        private static long number(Record record) {
            return (Long) record.value().get("n");
        }

        private static Record record(long number) {
            return Record.of(Map.of("n", number)).withKey(Long.toString(number)).withRaw(new byte[RECORD_BYTES]);
        }
    }
}
