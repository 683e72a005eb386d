// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process goes back and forth between two generations that differ in two files, and is killed at random moments of it: it
 * writes the files itself. The next process has either generation, and the files say the same. {@code -Plong} kills many times.
 */
@Timeout(value = 1800, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangeKillIT {
    private static final int KILLS = Integer.getInteger("snakepipe.kills", 2);
    private static final int CHANGES = 6;
    private static final int LONGEST_MICROS = 60_000;
    private static final List<String> NAMES = List.of("one", "two");

    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(directory.resolve("home"));
    }

    @AfterEach
    void endTheProcess() {
        home.close();
    }

    private Path file(String name) {
        return home.path().resolve("config/base/snakepipe.sink.file~" + name + ".cfg");
    }

    private void save(String path) throws IOException {
        for (String name : NAMES) {
            Path beside = Files.writeString(file(name).resolveSibling("." + name), "path = " + path + "\n");
            Files.move(beside, file(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Map<String, Object> ask(String verb, String... arguments) throws IOException {
        String socket = Files.readString(home.path().resolve("data/run/socket")).strip();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = JSON.std.asString(Map.of("verb", verb, "arguments", List.of(arguments))) + "\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            String line = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new IOException("it ended");
            }
            return JSON.std.mapFrom(line);
        }
    }

    private long generation() throws IOException {
        return ((Number) ((Map<?, ?>) ask("status").get("data")).get("generation")).longValue();
    }

    private long awaitAfter(long generation) throws IOException {
        long now = generation();
        while (now <= generation) {
            now = generation();
        }
        return now;
    }

    private String path(String name) throws IOException {
        Map<?, ?> values =
                (Map<?, ?>) ask("config:get", "snakepipe.sink.file~" + name).get("data");
        return ((Map<?, ?>) values.get("path")).get("value").toString();
    }

    @Test
    void theNextProcessHasEitherGenerationAndNeverAMixture() throws Exception {
        home.run();
        home.waitForLine("Snake Pipe ");
        long start = generation();
        save("out/first");
        long first = awaitAfter(start);
        save("out/second");
        long second = awaitAfter(first);
        Map<String, Long> generations = new HashMap<>(Map.of("out/first", first, "out/second", second));
        Random random = new Random();
        String now = "out/second";
        int changes = 0;
        int killedInside = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            for (int more = random.nextInt(CHANGES); more > 0; more--) {
                now = other(now);
                assertThat(ask("rollback", Long.toString(generations.get(now)), "--write"))
                        .containsEntry("exit", ExitCode.OK);
                generations.put(now, generation());
                changes++;
            }
            killedInside += killDuringAChange(generations.get(other(now)), random.nextInt(LONGEST_MICROS));
            changes++;
            home.run();
            home.waitForLine("Snake Pipe ");
            now = path("one");
            assertThat(path("two"))
                    .as("no mixture in force after kill %d", kill)
                    .isEqualTo(now);
            for (String name : NAMES) {
                assertThat(file(name)).as("after kill %d", kill).hasContent("path = " + now);
            }
            generations.put(now, generation());
        }
        System.out.println(
                changes + " changes, killed " + KILLS + " times, " + killedInside + " of them inside of one");
    }

    private static String other(String path) {
        return path.equals("out/first") ? "out/second" : "out/first";
    }

    /** Gives 1 when it was killed before it answered. */
    private int killDuringAChange(long generation, int micros) throws Exception {
        boolean[] answered = new boolean[1];
        Thread asking = new Thread(() -> {
            try {
                ask("rollback", Long.toString(generation), "--write");
                answered[0] = true;
            } catch (IOException e) {
                // The process was killed meanwhile.
            }
        });
        asking.start();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        home.kill();
        asking.join();
        return answered[0] ? 0 : 1;
    }
}
