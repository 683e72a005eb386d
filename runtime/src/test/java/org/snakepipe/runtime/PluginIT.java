// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins of the distribution that come and go by command while rows flow. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PluginIT {
    private static final int ROWS = 5_000;
    /** In a second. The rows have to last for six replacements, on a slow machine too. */
    private static final int RATE = 25;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final String JAR = "org.snakepipe.transform.core-0.1.0-SNAPSHOT.jar";
    private static final Path AVAILABLE = Home.INSTALLATION.resolve("plugins-available");

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(directory.resolve("home"));
        Path rows = Files.createDirectories(home.path().resolve("data/storm")).resolve("rows.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int row = 0; row < ROWS; row++) {
                out.write("{\"n\":" + row + "}\n");
            }
        }
        config("snakepipe.source.file~storm.cfg", "directory = storm", "format = ndjson", "key.field = n");
        config("snakepipe.transform.core~storm.cfg", "filter = n >= 0", "fields = n");
        config("snakepipe.sink.file~storm.cfg", "path = storm.out");
        config(
                "snakepipe.pipeline~storm.cfg",
                "source = snakepipe.source.file~storm",
                "transforms = snakepipe.transform.core~storm",
                "sinks = snakepipe.sink.file~storm",
                "batch.size = 1",
                "rate.limit = " + RATE);
    }

    @AfterEach
    void endTheProcess() {
        home.close();
    }

    private void config(String file, String... lines) throws IOException {
        Files.writeString(home.path().resolve("config/base").resolve(file), String.join("\n", lines) + "\n");
    }

    @Test
    void aPluginComesGoesAndComesBackAndNoRowIsLost() throws Exception {
        home.run();
        home.waitForLine("Snake Pipe ");
        Path jar = AVAILABLE.resolve(JAR);
        Path deployed = home.path().resolve("deploy").resolve(JAR);
        assertThat(home.ask(ExitCode.OK, "plugin", "discover", AVAILABLE.toString()))
                .contains(jar.toString());
        assertThat(home.ask(ExitCode.OK, "plugin", "analyse", jar.toString()))
                .contains("it resolves with what is there");
        assertThat(Files.exists(deployed)).isFalse();

        assertThat(home.ask(ExitCode.OK, "plugin", "register", jar.toString()))
                .contains("DONE", "deploy/" + JAR + ": new");
        assertThat(deployed).hasSameBinaryContentAs(jar);
        await(() -> total() > 0);

        assertThat(home.ask(ExitCode.OK, "plugin", "unregister", JAR)).contains("DONE", "deploy/" + JAR + ": removed");
        assertThat(deployed).doesNotExist();
        await(() -> state().equals("WAITING"));

        assertThat(home.ask(ExitCode.OK, "plugin", "register", jar.toString())).contains("DONE");
        config(
                "snakepipe.pipeline~storm.cfg",
                "source = snakepipe.source.file~storm",
                "transforms = snakepipe.transform.core~storm",
                "sinks = snakepipe.sink.file~storm");
        await(() -> rows().size() >= ROWS);
        assertThat(rows())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).boxed().toList());
    }

    @Test
    void aPluginIsReplacedAgainAndAgainUnderLoadAndNoRowIsLost() throws Exception {
        home.run();
        home.waitForLine("Snake Pipe ");
        Path one = version(1);
        Path two = version(2);
        home.ask(ExitCode.OK, "plugin", "register", one.toString());
        await(() -> total() > 0);
        for (int round = 0; round < 6; round++) {
            Path before = round % 2 == 0 ? one : two;
            Path next = round % 2 == 0 ? two : one;
            long seen = total();

            assertThat(home.ask(
                            ExitCode.OK,
                            "plugin",
                            "replace",
                            before.getFileName().toString(),
                            next.toString()))
                    .contains("DONE", "deploy/" + next.getFileName() + ": new");
            await(() -> total() > seen);
        }
        assertThat(total()).as("rows were on their way all the time").isLessThan(ROWS);
        config(
                "snakepipe.pipeline~storm.cfg",
                "source = snakepipe.source.file~storm",
                "transforms = snakepipe.transform.core~storm",
                "sinks = snakepipe.sink.file~storm");
        await(() -> rows().size() >= ROWS);
        assertThat(rows())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).boxed().toList());
    }

    /** The same plugin with other bytes. */
    private Path version(int version) throws IOException {
        Path jar = directory.resolve("v" + version + ".jar");
        try (ZipInputStream from = new ZipInputStream(Files.newInputStream(AVAILABLE.resolve(JAR)));
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
            to.putNextEntry(new ZipEntry("version.txt"));
            to.write(Integer.toString(version).getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void aBadJarCostsNothing() throws Exception {
        home.run();
        home.waitForLine("Snake Pipe ");
        home.ask(ExitCode.OK, "plugin", "register", AVAILABLE.resolve(JAR).toString());
        await(() -> total() > 0);
        byte[] good = Files.readAllBytes(AVAILABLE.resolve(JAR));
        Path half = Files.write(directory.resolve(JAR), Arrays.copyOf(good, good.length / 2));

        String said = home.ask(1, "plugin", "register", half.toString());

        assertThat(said).contains("REJECTED", "is only part of a jar, or damaged");
        assertThat(home.path().resolve("deploy").resolve(JAR)).hasBinaryContent(good);
        long before = total();
        await(() -> total() > before);
    }

    @Test
    void whatWouldComeOfAJarIsSaidWhereNothingRuns() throws Exception {
        Path jar = AVAILABLE.resolve(JAR);
        Path lacking = Files.createDirectories(directory.resolve("in")).resolve("lacking.jar");
        Files.write(lacking, bundle("lacking", "Import-Package: x.lib,org.snakepipe.api.pipeline\n"));

        assertThat(home.ask(ExitCode.OK, "plugin", "analyse", jar.toString()))
                .contains("Nothing runs in " + home.path(), "it resolves with what is there");
        assertThat(home.ask(ExitCode.FAILURE, "plugin", "analyse", lacking.toString()))
                .contains("it does not resolve", lacking + " needs package x.lib; nobody has it");

        Path library = lacking.resolveSibling("x-lib.jar");
        Files.write(library, bundle("x.lib", "Export-Package: x.lib\n"));
        assertThat(home.ask(
                        ExitCode.OK,
                        "plugin",
                        "analyse",
                        lacking.toString(),
                        library.getParent().toString()))
                .contains("it resolves together with " + library);
        Files.copy(
                library, Files.createDirectories(home.path().resolve("deploy")).resolve("x-lib.jar"));
        Files.write(home.path().resolve("deploy/refused.jar"), bundle("refused", "Import-Package: a,a\n"));
        Map<String, Object> answer =
                JSON.std.mapFrom(home.ask(ExitCode.OK, "plugin", "analyse", "--json", lacking.toString())
                        .replaceFirst("(?s)^[^{]*", ""));
        assertThat(answer).containsEntry("verdict", "FITS");
        assertThat(home.path().resolve("data")).isDirectoryNotContaining("glob:**/{plugins,framework}");
    }

    private static byte[] bundle(String name, String headers) throws IOException {
        String text = "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + name
                + "\nBundle-Version: 1.0.0\n" + headers;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, new Manifest(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .close();
        return bytes.toByteArray();
    }

    private String state() {
        return String.valueOf(show().get("state"));
    }

    private long total() {
        return show().get("total") instanceof Number total ? total.longValue() : 0;
    }

    private Map<String, Object> show() {
        try {
            return JSON.std.mapFrom(home.ask(ExitCode.OK, "pipeline", "show", "storm", "--json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> rows() {
        List<Integer> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(home.path().resolve("data/storm.out"))) {
                if (line.endsWith("}")) {
                    rows.add(((Number) JSON.std.mapFrom(line).get("n")).intValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
