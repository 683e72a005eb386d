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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.ReloadResult;

/** A real disk that is full, or may not be written, where this process may mount one. */
@EnabledIf("canMount")
class FullDiskTest {
    private static final int KIB = 1024;
    private static final int PAGE = 4096;
    /** How often each amount of room is tried; {@code -Plong} tries it often, each time with other sizes of what lies there. */
    private static final int TIMES = Math.max(1, Integer.getInteger("snakepipe.faults", 10) / 20);

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
        boolean refused = false;
        for (int time = 0; time < 24 * TIMES; time++) {
            int pages = time % 24;
            int wanted = size % 100 + 1;
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
                refused |= !applied;
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
        assertThat(refused).as("and without it is not").isTrue();
    }

    /** A jar of ten pages that takes the place of another, and comes up or does not. */
    @ParameterizedTest
    @ValueSource(strings = {"starts", "does not start"})
    void eachAmountOfRoomLeavesOneJarWhole(String how) throws Exception {
        Path deployed = Files.createDirectory(disk.resolve("deploy")).resolve("x.jar");
        String old = jar("one");
        Files.writeString(deployed, old);
        boolean tried = false;
        for (int pages = 0; pages < 200; pages += 7) {
            String next = jar(how + pages);
            try (RolloutBench bench = bench(1).jar("x.jar", old)) {
                bench.boot();
                fill(pages);

                ReloadResult result = bench.service
                        .apply(
                                Map.of(),
                                Map.of("x.jar", Optional.of(Digests.content(next.getBytes(StandardCharsets.UTF_8)))),
                                ApplyOptions.by("ann"))
                        .get();

                boolean applied = result.status() == ReloadResult.Status.APPLIED;
                tried |= applied || result.status() == ReloadResult.Status.ROLLED_BACK;
                assertThat(result.status())
                        .as("with %d pages: %s", pages, result)
                        .isIn(
                                ReloadResult.Status.REJECTED,
                                how.equals("starts") ? ReloadResult.Status.APPLIED : ReloadResult.Status.ROLLED_BACK);
                assertThat(Files.readString(deployed).equals(applied ? next : old))
                        .as("what lies there with %d pages is what %s", pages, result.status())
                        .isTrue();
                assertThat(bench.snapshot.current().plugins()).containsEntry("x.jar", Digests.of(applied ? next : old));
                try (Stream<Path> lie = Files.list(deployed.getParent())) {
                    assertThat(lie).as("with %d pages", pages).containsExactly(deployed);
                }
                old = applied ? next : old;
                Files.delete(disk.resolve("filler"));
            }
        }
        assertThat(tried).isTrue();
    }

    @Test
    void aJarIsNotThereWhenTheConfigurationThatBelongsToItCannotBeDeleted() throws Exception {
        Path deploy = Files.createDirectory(directory.resolve("deploy"));
        Files.createSymbolicLink(disk.resolve("deploy"), deploy);
        Path config = disk.resolve("config");
        try (RolloutBench bench = bench(1)) {
            bench.boot();
            assertThat(run("mount", "--bind", config.toString(), config.toString()))
                    .isTrue();
            assertThat(run("mount", "-o", "remount,ro,bind", config.toString())).isTrue();

            ReloadResult result = bench.service
                    .apply(
                            Map.of(DEMO, Optional.empty()),
                            Map.of("x.jar", Optional.of(Digests.content("x".getBytes(StandardCharsets.UTF_8)))),
                            ApplyOptions.by("ann"))
                    .get();

            assertThat(result.status()).as("%s", result).isEqualTo(ReloadResult.Status.REJECTED);
            assertThat(result.problems().toString()).contains(DEMO, "Read-only file system");
            assertThat(deploy).isEmptyDirectory();
            assertThat(config.resolve(DEMO)).exists();
        } finally {
            run("umount", "-l", config.toString());
        }
    }

    private static String jar(String text) {
        return text + " ".repeat(10 * PAGE);
    }

    @Test
    void whereNothingMayBeWrittenIsSaid() throws Exception {
        Path deploy = Files.createDirectory(directory.resolve("deploy"));
        assertThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", deploy.toString()))
                .isTrue();
        try {
            Files.createSymbolicLink(disk.resolve("deploy"), deploy);
            try (RolloutBench bench = bench(1)) {
                bench.boot();
                Optional<FileContent> jar = Optional.of(Digests.content(jar("x").getBytes(StandardCharsets.UTF_8)));
                Files.write(deploy.resolve("filler"), new byte[60 << 10]);

                String full = bench.service
                        .apply(Map.of(), Map.of("x.jar", jar), ApplyOptions.by("ann"))
                        .get()
                        .problems()
                        .toString();
                assertThat(run("mount", "-o", "remount,ro", deploy.toString())).isTrue();
                String readOnly = bench.service
                        .apply(Map.of(), Map.of("x.jar", jar), ApplyOptions.by("ann"))
                        .get()
                        .problems()
                        .toString();

                assertThat(full)
                        .contains("deploy", "No space left", "make room")
                        .doesNotContain("configuration");
                assertThat(readOnly).contains("deploy", "Read-only").doesNotContain("configuration");
                assertThat(deploy).isDirectoryNotContaining("glob:**/*x.jar*");
            }
        } finally {
            run("umount", "-l", deploy.toString());
        }
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
