// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ReloadResult;

/**
 * A process that changes two files together, again and again, is killed at a random moment. The next one has both as they were
 * before a change or after it. {@code -Plong} kills at many more moments.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("snakepipe.kills", 3);
    private static final int MOST_CHANGES = 200;
    private static final String B = "base/snakepipe.demo~b.cfg";

    @TempDir
    private Path data;

    @Test
    void theNextProcessHasTheOldGenerationOrTheNewOne() throws IOException, InterruptedException {
        Random random = new Random();
        int last = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            int after = random.nextInt(60);
            long nanos = random.nextInt(8_000_000);
            int acknowledged = killedAfter(after, nanos, last);
            try (RolloutBench next = bench()) {
                next.boot();
                Object a = next.values("snakepipe.demo~a").get("mood");
                assertThat(next.values("snakepipe.demo~b").get("mood"))
                        .as("killed %d ns after change %d", nanos, acknowledged)
                        .isEqualTo(a);
                last = Integer.parseInt((String) a);
                assertThat(last).isBetween(acknowledged, acknowledged + 1);
            }
        }
    }

    /** Gives the last change that was acknowledged. */
    private int killedAfter(int changes, long nanos, int from) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillTest.class.getName(),
                        data.toString(),
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = from;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int change = 0; change <= changes; change++) {
                String line = said.readLine();
                assertThat(line).as("the process goes on").isNotNull();
                acknowledged = Integer.parseInt(line);
            }
            LockSupport.parkNanos(nanos);
            // Through its handle: the process itself would close what it said.
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            // What it said before it died counts.
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                acknowledged = line.isEmpty() ? acknowledged : Integer.parseInt(line);
            }
        }
        return acknowledged;
    }

    private RolloutBench bench() throws IOException {
        return bench(data);
    }

    private static RolloutBench bench(Path data) throws IOException {
        RolloutBench bench = new RolloutBench(data);
        for (String path : List.of(DEMO, B, "environments/dev/environment.cfg")) {
            if (Files.exists(bench.config.resolve(path))) {
                bench.file(path, Files.readString(bench.config.resolve(path)));
            } else {
                bench.saved(path, path.startsWith("base") ? "mood = 1\n" : "description = tests\n");
            }
        }
        return bench;
    }

    /**
     * What is killed.
     *
     * @param arguments the data directory, and the value to go on from
     * @throws Exception if a change is not applied
     */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        int size = Integer.parseInt(arguments[1]);
        RolloutBench bench = bench(data);
        bench.boot();
        System.out.println(size);
        for (int change = 0; change < MOST_CHANGES; change++) {
            size++;
            String text = "mood = " + size + "\n";
            ReloadResult result = bench.service
                    .apply(Map.of(DEMO, Optional.of(text), B, Optional.of(text)), ApplyOptions.by("nobody"))
                    .get();
            if (result.status() != ReloadResult.Status.APPLIED) {
                throw new IllegalStateException(result.toString());
            }
            System.out.println(size);
        }
    }
}
