// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ReloadResult;

/** A real disk that is full, or may not be written, where this process may mount one. */
@EnabledIf("canMount")
class FullDiskTest {
    private static final int KIB = 256;
    private static final int PAGE = 4096;
    private static final String B = "base/snakepipe.demo~b.cfg";

    @TempDir
    private Path directory;

    private Path disk;

    static boolean canMount() throws IOException, InterruptedException {
        Path probe = Files.createTempDirectory("snakepipe-mount");
        boolean can = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", probe.toString());
        if (can) {
            run("umount", probe.toString());
        }
        Files.delete(probe);
        return can;
    }

    private static boolean run(String... words) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(directory.resolve("disk"));
        assertThat(run("mount", "-t", "tmpfs", "-o", "size=" + KIB + "k", "tmpfs", disk.toString()))
                .isTrue();
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        assertThat(run("umount", "-l", disk.toString())).isTrue();
    }

    private static String size(int size) {
        return "size = " + size + "\n";
    }

    /** Leaves so many pages, and no more. */
    private void fill(int pages) throws IOException {
        Path filler = disk.resolve("filler");
        Files.deleteIfExists(filler);
        long free = Files.getFileStore(disk).getUsableSpace() - (long) pages * PAGE;
        Files.write(filler, new byte[(int) Math.max(0, free)]);
    }

    private static Object whole(RolloutBench bench) {
        Object a = bench.values("snakepipe.demo~a").get("size");
        assertThat(bench.values("snakepipe.demo~b").get("size")).isEqualTo(a);
        return a;
    }

    @Test
    void eachAmountOfRoomLeavesOneGeneration() throws Exception {
        int size = 1;
        boolean applied = false;
        for (int pages = 0; pages < 24; pages++) {
            int wanted = size + 1;
            try (RolloutBench bench = bench(size)) {
                bench.boot();
                fill(pages);
                ReloadResult result = bench.service
                        .apply(
                                Map.of(DEMO, Optional.of(size(wanted)), B, Optional.of(size(wanted))),
                                ApplyOptions.by("ann"))
                        .get();
                Object now = whole(bench);
                applied = result.status() == ReloadResult.Status.APPLIED;
                assertThat(now)
                        .as("%s with %d pages: %s", result.status(), pages, result)
                        .isEqualTo(applied ? wanted : size);
                for (String path : new String[] {DEMO, B}) {
                    assertThat(bench.config.resolve(path)).hasContent(size((int) now));
                }
                size = (int) now;
                Files.delete(disk.resolve("filler"));
            }
            try (RolloutBench next = bench(size)) {
                next.boot();
                assertThat(whole(next)).as("after a restart").isEqualTo(size);
            }
        }
        assertThat(applied).as("with room enough it is applied").isTrue();
        assertThat(size).as("and without it is not").isLessThan(25);
    }

    private RolloutBench bench(int size) throws IOException {
        RolloutBench bench = new RolloutBench(disk);
        if (!Files.exists(bench.config.resolve(DEMO))) {
            bench.write(DEMO, size(size));
            bench.write(B, size(size));
        }
        return bench.file(DEMO, Files.readString(bench.config.resolve(DEMO), StandardCharsets.UTF_8))
                .file(B, Files.readString(bench.config.resolve(B), StandardCharsets.UTF_8));
    }

    @Test
    void whatMayNotBeWrittenLetsNothingChangeUntilItMay() throws Exception {
        try (RolloutBench bench = bench(1)) {
            bench.boot();
            assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();

            ReloadResult result = bench.file(DEMO, size(2)).file(B, size(2)).change();

            assertThat(result.status()).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(result.problems().toString()).contains("Read-only file system");
            assertThat(whole(bench)).isEqualTo(1);
            assertThat(run("mount", "-o", "remount,rw", disk.toString())).isTrue();
            assertThat(bench.next().status()).as("tried again by itself").isEqualTo(ReloadResult.Status.APPLIED);
            assertThat(whole(bench)).isEqualTo(2);
        }
    }
}
