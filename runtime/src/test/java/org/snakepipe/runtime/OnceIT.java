// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.OnceExit;

/** {@code snakepipe run --once}, of what is shipped. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OnceIT {
    private static final String WATCH = "SNAKE_PIPE_SOURCE_FILE_INBOX__WATCH";
    private static final String RATE = "SNAKE_PIPE_PIPELINE_DEMO__RATE_LIMIT";
    private static final String[] DEMO = {"--once", "demo"};

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

    private long documents() throws IOException {
        try (Stream<Path> files = Files.list(home.path().resolve("data/inbox"))) {
            return files.count();
        }
    }

    private void config(String file, String... lines) throws IOException {
        Path path = home.path().resolve("config/base").resolve(file);
        Files.writeString(path, String.join("\n", lines) + "\n");
    }

    @Test
    void runsOnePipelineToItsEndAndLeavesNothingForTheNextRun() throws Exception {
        home.with(WATCH, "false").with(RATE, "0").run(DEMO);

        assertThat(home.waitForLine("Snake Pipe ")).contains(" runs demo once after ", "; the next run goes on");
        assertThat(home.waitForLine("demo is done: "))
                .matches("demo is done: " + documents() + " records, [0-9.]+ [kM]B in [0-9:]+, 0 rejected");
        assertThat(home.waitForLine(""))
                .as("nothing is said after that but the end")
                .isEqualTo("Stopped.");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.DONE);
        assertThat(home.path().resolve("data/checkpoints/demo.json")).exists();
        assertThat(home.path().resolve("data/checkpoints/hotspots.json")).doesNotExist();

        home.run(DEMO);
        assertThat(home.waitForLine("demo is done: ")).startsWith("demo is done: 0 records");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.DONE);
    }

    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        Process process = home.with(WATCH, "false").with(RATE, "40").run(DEMO);
        home.waitForLine("Snake Pipe ");
        assertThat(home.ask(ExitCode.ALREADY_RUNNING, "run", "--once", "demo"))
                .contains("already running: pid " + process.pid());
        long total = 0;
        while (total < 20) {
            Map<String, Object> shown = JSON.std.mapFrom(home.ask(ExitCode.OK, "pipeline", "show", "demo", "--json"));
            total = ((Number) shown.get("total")).longValue();
        }
        process.toHandle().destroy();
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.INTERRUPTED);
        Map<String, Object> checkpoint = JSON.std.mapFrom(
                home.path().resolve("data/checkpoints/demo.json").toFile());
        long arrived = ((Number) checkpoint.get("total")).longValue();
        assertThat(arrived).isBetween(total, documents() - 1);

        home.with(RATE, "0").run(DEMO);
        assertThat(home.waitForLine("demo is done: "))
                .startsWith("demo is done: " + (documents() - arrived) + " records");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.DONE);
    }

    @Test
    void refusesWhatDoesNotEnd() throws Exception {
        home.run(DEMO);

        assertThat(home.waitForLine("demo failed: "))
                .contains("snakepipe.source.file~inbox does not end by itself as it is configured", "watch = false");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.FAILED);
        assertThat(home.path().resolve("data/checkpoints/demo.json")).doesNotExist();
    }

    @Test
    void saysThatThereIsNoSuchPipelineAndWhatIsWrongWithTheFiles() throws Exception {
        config("snakepipe.pipeline~bad.cfg", "source = snakepipe.source.file~inbox", "batch.size = 0");

        home.run("--once", "bad");

        assertThat(home.waitForLine("there is no pipeline 'bad'")).contains("(there are: demo, hotspots)");
        assertThat(home.waitForLine("  base/snakepipe.pipeline~bad.cfg:2:")).contains("batch.size = 0");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.UNKNOWN);
    }

    @Test
    void givesUpWhenAPartDoesNotCome() throws Exception {
        home.run("--once", "hotspots");

        home.waitForLine("hotspots waits for snakepipe.transform.core~hotspots");
        home.waitForLine("hotspots is given up after 10 s: waits for ");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.WAITING);
    }

    /** Each is larger than everything that may be on its way, and passes alone; together they do not fit into the heap as shipped. */
    @Test
    void documentsOf50MegabytesPassOneByOne() throws Exception {
        Path in = Files.createDirectories(home.path().resolve("data/large"));
        String text = "x".repeat(50_000_000);
        for (int document = 0; document < 6; document++) {
            Files.writeString(in.resolve(document + ".json"), "{\"n\":" + document + ",\"text\":\"" + text + "\"}");
        }
        config("snakepipe.source.file~large.cfg", "directory = large", "watch = false", "max.document.bytes = 64MiB");
        config("snakepipe.sink.file~large.cfg", "path = large.out");
        config(
                "snakepipe.pipeline~large.cfg",
                "source = snakepipe.source.file~large",
                "sinks = snakepipe.sink.file~large");

        home.run("--once", "large");

        assertThat(home.waitForLine("large is done: "))
                .startsWith("large is done: 6 records, ")
                .endsWith(", 0 rejected");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.DONE);
        assertThat(home.path().resolve("data/large.out"))
                .hasSize(6L * (50_000_000 + "{\"n\":0,\"text\":\"\"}\n".length()));
    }

    @Test
    void tellsThatRecordsAreInQuarantine() throws Exception {
        Files.createDirectories(home.path().resolve("data/two"));
        Files.writeString(home.path().resolve("data/two/a.json"), "[{\"n\": 1}, {\"n\": ");
        Files.writeString(home.path().resolve("data/two/b.json"), "{\"n\": 1}");
        config("snakepipe.source.file~two.cfg", "directory = two", "watch = false");
        config("snakepipe.sink.file~two.cfg", "path = two.out");
        config("snakepipe.pipeline~two.cfg", "source = snakepipe.source.file~two", "sinks = snakepipe.sink.file~two");

        home.run("--once", "two");

        assertThat(home.waitForLine("two is done: ")).endsWith("1 rejected; 1 in its quarantine, data/quarantine/two");
        assertThat(home.waitForEnd()).isEqualTo(OnceExit.REJECTED);
    }
}
