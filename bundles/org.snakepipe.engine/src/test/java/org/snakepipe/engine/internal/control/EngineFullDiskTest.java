// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private static final int RECORDS = 27;
    /** Every so many is rejected. */
    private static final int POISON = 3;
    /**
     * It takes six pages of the disk, so that there is room for the page of a checkpoint when there is none for one more record:
     * which of the two met the full disk first was chance.
     */
    private static final int RECORD_BYTES = 22 << 10;

    private static final int BALLAST_BYTES = 160 << 10;

    private static final List<String> TROUBLES = List.of("cannot keep rejected records", "cannot write the checkpoint");

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
            Path ballast = Files.write(data.resolve("ballast"), new byte[BALLAST_BYTES]);
            MemorySink sink = new MemorySink();
            sink.before = batch -> {
                if (batch.stream().anyMatch(record -> number(record) % POISON == 0)) {
                    throw new IllegalStateException("cannot digest");
                }
            };
            Limits limits = new Limits(
                    1L << 20,
                    10,
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
                    .pipeline("demo", settings.value())
                    .live()) {
                // Whoever meets it first: while a checkpoint cannot be written nothing more is read, and so nothing
                // rejected.
                Bench.await(() -> TROUBLES.stream().anyMatch(bench.show("demo").detail()::contains));
                System.out.println(bench.show("demo").detail());
                assertThat(bench.show("demo").state()).isEqualTo(PipelineState.FAILED);
                assertThat(bench.show("demo").inFlight()).as("bounded").isLessThanOrEqualTo(10L);
                int before = sink.count();

                Files.delete(ballast);
                bench.await("demo", PipelineState.FINISHED);
                System.out.println("went on");

                assertThat(sink.count()).isGreaterThan(before);
                assertThat(bench.show("demo").total()).isEqualTo(RECORDS);
                assertEachIsSomewhereOnce(sink.numbers(), bench.desk.quarantine("demo"));
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
