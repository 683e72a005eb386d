// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it registers a plugin. {@code -Plong} kills it 100 times. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PluginKillIT {
    private static final int KILLS = Integer.getInteger("snakepipe.plugin.kills", 10);
    private static final int LONGEST_MICROS = 1_500_000;
    private static final String JAR = "org.snakepipe.transform.core-0.1.0-SNAPSHOT.jar";

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

    @Test
    void theNextProcessHasOneOfBothAndNeverAPart() throws Exception {
        List<Path> versions = List.of(version(1), version(2));
        Random random = new Random();
        int inside = 0;
        Optional<String> now = Optional.empty();
        home.run();
        home.waitForLine("Snake Pipe ");
        for (int kill = 0; kill < KILLS; kill++) {
            boolean goes = now.isPresent() && random.nextInt(3) == 0;
            Path next = versions.get(random.nextInt(2));
            Optional<String> then = goes ? Optional.empty() : Optional.of(digest(next));
            String[] words =
                    goes ? new String[] {"plugin:unregister", JAR} : new String[] {"plugin:register", next.toString()};

            boolean answered = killDuring(random.nextInt(LONGEST_MICROS), words);
            inside += answered ? 0 : 1;
            home.run();
            home.waitForLine("Snake Pipe ");

            Optional<String> found = inForce();
            assertThat(found).as("in force after kill %d of %s", kill, words[0]).isIn(now, then);
            assertThat(lying())
                    .as("in deploy/ after kill %d of %s", kill, words[0])
                    .isEqualTo(found);
            if (answered) {
                assertThat(found).as("what was answered counts").isEqualTo(then);
            }
            now = found;
        }
        System.out.println("killed " + KILLS + " times, " + inside + " of them while a plugin was registered or went");
    }

    /** Gives whether it answered before. */
    private boolean killDuring(int micros, String... words) throws Exception {
        boolean[] done = new boolean[1];
        Thread asking = new Thread(() -> {
            try {
                done[0] = Integer.valueOf(ExitCode.OK).equals(ask(words).get("exit"));
            } catch (IOException e) {
                // The process was killed meanwhile.
            }
        });
        asking.start();
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        home.kill();
        asking.join();
        return done[0];
    }

    private Map<String, Object> ask(String... words) throws IOException {
        String socket = Files.readString(home.path().resolve("data/run/socket")).strip();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = JSON.std.asString(
                            Map.of("verb", words[0], "arguments", List.of(words).subList(1, words.length)))
                    + "\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            String line = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw new IOException("it ended");
            }
            return JSON.std.mapFrom(line);
        }
    }

    /** The digest of the plugin that is active. */
    private Optional<String> inForce() throws IOException {
        List<?> plugins = (List<?>) ask("plugin:list").get("data");
        return plugins.stream()
                .map(plugin -> (Map<?, ?>) plugin)
                .filter(plugin -> JAR.equals(plugin.get("file")))
                .map(plugin -> plugin.get("state").equals("ACTIVE")
                        ? plugin.get("digest").toString()
                        : plugin.toString())
                .findFirst();
    }

    private Optional<String> lying() throws Exception {
        Path jar = home.path().resolve("deploy").resolve(JAR);
        return Files.exists(jar) ? Optional.of(digest(jar)) : Optional.empty();
    }

    private static String digest(Path jar) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    }

    /** The same plugin with other bytes. */
    private Path version(int version) throws IOException {
        Path jar = Files.createDirectory(directory.resolve("v" + version)).resolve(JAR);
        try (InputStream in = Files.newInputStream(
                        Home.INSTALLATION.resolve("plugins-available").resolve(JAR));
                ZipInputStream from = new ZipInputStream(in);
                OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
            to.putNextEntry(new ZipEntry("version.txt"));
            to.write(Integer.toString(version).getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
