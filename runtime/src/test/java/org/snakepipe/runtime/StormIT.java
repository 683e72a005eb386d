// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution while rows flow: edit upon edit, and a plugin replaced again and again. {@code -Plong} replaces it 50 times. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StormIT {
    private static final int EDITS = 50;
    private static final long EDITS_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int REPLACEMENTS = Integer.getInteger("snakepipe.storm.replacements", 3);
    /** The pipeline is slowed down to have enough to do for all of them, and is let loose at the end. */
    private static final int RATE = 1_000;
    /** How long one may take, on a machine that others use too, before there is nothing left to do. */
    private static final int SECONDS_EACH = 40;

    private static final int ROWS = 20_000 + REPLACEMENTS * SECONDS_EACH * RATE;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final String JAR = "org.snakepipe.transform.core-0.1.0-SNAPSHOT.jar";

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(directory.resolve("home"));
        Path rows = Files.createDirectories(home.path().resolve("data/storm")).resolve("rows.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int row = 0; row < ROWS; row++) {
                out.write("{\"n\":" + row + ",\"text\":\"row " + row + "\"}\n");
            }
        }
        config("snakepipe.source.file~storm.cfg", "directory = storm", "format = ndjson", "key.field = n");
        config("snakepipe.transform.core~storm.cfg", "filter = n >= 0", "fields = n");
        config("snakepipe.sink.file~storm.cfg", "path = storm.out");
        pipeline(1, RATE);
    }

    @AfterEach
    void endTheProcess() {
        home.close();
    }

    private void config(String file, String... lines) throws IOException {
        Path path = home.path().resolve("config/base").resolve(file);
        Path beside = path.resolveSibling("." + file + ".new");
        Files.writeString(beside, String.join("\n", lines) + "\n");
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private void pipeline(int batch, int rate) throws IOException {
        config(
                "snakepipe.pipeline~storm.cfg",
                "source = snakepipe.source.file~storm",
                "transforms = snakepipe.transform.core~storm",
                "sinks = snakepipe.sink.file~storm",
                "batch.size = " + batch,
                "rate.limit = " + rate);
    }

    /** The same plugin with other bytes, renamed into place. */
    private void drop(int version) throws IOException {
        Path shipped = Home.INSTALLATION.resolve("plugins-available").resolve(JAR);
        Path deploy = Files.createDirectories(home.path().resolve("deploy"));
        Path beside = directory.resolve(JAR + ".new");
        try (InputStream in = Files.newInputStream(shipped);
                ZipInputStream from = new ZipInputStream(in);
                OutputStream out = Files.newOutputStream(beside);
                ZipOutputStream to = new ZipOutputStream(out)) {
            // The reader of manifests wants them first, as jar writes them.
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
            to.putNextEntry(new ZipEntry("version.txt"));
            to.write(Integer.toString(version).getBytes(StandardCharsets.UTF_8));
        }
        Files.move(beside, deploy.resolve(JAR), StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<String, Object> ask(String... words) {
        try {
            return JSON.std.mapFrom(
                    said(Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String said(String... words) {
        try {
            return home.ask(ExitCode.OK, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long total() {
        return ((Number) ask("pipeline", "show", "storm").get("total")).longValue();
    }

    private long generation() {
        return ((Number) ask("status").get("generation")).longValue();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Lets it loose, and looks at every row that was written. */
    private void assertEachRowIsThereOnce() throws Exception {
        pipeline(1_000, 0);
        await(() -> total() == ROWS);
        assertThat(home.ask(ExitCode.OK, "stop")).contains("Stopped.");
        assertThat(home.waitForEnd()).isEqualTo(ExitCode.OK);
        BitSet seen = new BitSet(ROWS);
        int twice = 0;
        for (String line : Files.readAllLines(home.path().resolve("data/storm.out"))) {
            int row = ((Number) JSON.std.mapFrom(line).get("n")).intValue();
            twice += seen.get(row) ? 1 : 0;
            seen.set(row);
        }
        assertThat(seen.cardinality()).as("rows that arrived").isEqualTo(ROWS);
        assertThat(twice).as("rows written twice").isZero();
    }

    @Test
    void followsFiftyEditsInFiveSecondsAndLosesNothing() throws Exception {
        drop(0);
        home.run();
        home.waitForLine("Snake Pipe ");
        await(() -> total() > 0);
        long begin = System.nanoTime();
        for (int edit = 1; edit <= EDITS; edit++) {
            long due = begin + EDITS_NANOS * edit / EDITS;
            await(() -> System.nanoTime() >= due);
            pipeline(10 + edit, RATE + edit);
        }

        await(() -> said("config", "explain", "snakepipe.pipeline~storm", "rate.limit")
                .contains("rate.limit = " + (RATE + EDITS)));
        assertThat(ask("pipeline", "show", "storm").get("state")).isIn("RUNNING", "BACKPRESSURED");
        assertEachRowIsThereOnce();
    }

    @Test
    void losesNothingWhileItsPluginIsReplacedAgainAndAgain() throws Exception {
        drop(0);
        home.run();
        home.waitForLine("Snake Pipe ");
        await(() -> total() > 0);
        for (int version = 1; version <= REPLACEMENTS; version++) {
            long generation = generation();
            drop(version);
            await(() -> generation() > generation);
            long before = total();
            await(() -> total() > before);
        }
        assertThat(total()).as("it was under load all the time").isLessThan(ROWS);
        assertEachRowIsThereOnce();
    }
}
