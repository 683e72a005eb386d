// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.BestEffortSink;
import org.snakepipe.control.House;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** What a pipeline keeps for others: the state of its parts, and what its best-effort sinks have missed. */
@ExtendWith(BundleContextExtension.class)
class KeptTest {
    private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

    private Scene scene;
    private Pipelines pipelines;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        scene = new Scene(bundle).booted();
        pipelines = scene.service(Pipelines.class);
    }

    @AfterEach
    void leave() {
        scene.close();
    }

    private void configure(String name, String more) {
        scene.save("base/snakepipe.source.file~" + name + ".cfg", "directory = in-" + name + "\nformat = ndjson\n");
        scene.save("base/snakepipe.sink.file~" + name + ".cfg", "path = out/" + name + ".ndjson\n");
        scene.save(
                "base/snakepipe.pipeline~" + name + ".cfg",
                "source = snakepipe.source.file~" + name + "\nsinks = snakepipe.sink.file~" + name + "\n" + more);
    }

    private void input(String name, String file, int from, int to) throws IOException {
        Path directory = Files.createDirectories(scene.directory(House.DATA).resolve("in-" + name));
        Files.writeString(
                directory.resolve(file),
                IntStream.range(from, to).mapToObj(i -> "{\"n\":" + i + "}\n").collect(Collectors.joining()));
    }

    private List<String> lines(String file) throws IOException {
        Path out = scene.directory(House.DATA).resolve(file);
        return Files.exists(out) ? Files.readAllLines(out) : List.of();
    }

    private PipelineStatus status(String name) {
        return pipelines.show(name).orElseThrow();
    }

    @Test
    void aTransformGoesOnCountingWhenItsConfigurationChanges() throws Exception {
        String file = "base/" + CountingTransform.PID + "~tally.cfg";
        scene.save(file, "label = first\n");
        input("tally", "a.ndjson", 0, 50);
        configure("tally", "concurrent.workers = 1\ntransforms = " + CountingTransform.PID + "~tally\n");
        scene.outcome(ReloadResult.Status.APPLIED, "counting~tally");
        Scene.await("50 records", () -> lines("out/tally.ndjson").size() == 50);

        scene.save(file, "label = second\n");
        scene.outcome(ReloadResult.Status.APPLIED, "counting~tally");
        input("tally", "b.ndjson", 50, 80);
        Scene.await("30 more", () -> lines("out/tally.ndjson").size() == 80);

        List<String> lines = lines("out/tally.ndjson");
        assertThat(lines.get(79)).contains("second");
        assertThat(lines.stream()
                        .map(COUNT::matcher)
                        .filter(Matcher::find)
                        .map(found -> Long.parseLong(found.group(1))))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
    }

    @Test
    void aBestEffortSinkThatDoesNotOpenHoldsNothingAndGetsItAllLater() throws Exception {
        Path blocked = Files.writeString(scene.directory(House.DATA).resolve("blocked"), "in the way");
        scene.save("base/snakepipe.sink.file~spare.cfg", "path = blocked/spare.ndjson\n");
        input("spared", "a.ndjson", 0, 100);
        configure(
                "spared",
                "best.effort.sinks = snakepipe.sink.file~spare\n"
                        + "breaker.failures = 1\nbreaker.wait.min = 20ms\nbreaker.wait.max = 20ms\n");
        Scene.await("100 records", () -> lines("out/spared.ndjson").size() == 100);
        Scene.await(
                "they wait",
                () -> status("spared").bestEffort().get(0).spooled() == 100
                        && status("spared").total() == 100);

        assertThat(status("spared").state()).isEqualTo(PipelineState.RUNNING);
        assertThat(status("spared").bestEffort().get(0).breaker()).isNotEqualTo(BestEffortSink.Breaker.CLOSED);
        assertThat(status("spared").bestEffort().get(0).lastError()).contains("blocked");

        Files.delete(blocked);
        Scene.await("all in the spare one", () -> lines("blocked/spare.ndjson").size() == 100);
        Scene.await("none waits", () -> status("spared").bestEffort().get(0).spooled() == 0);
        assertThat(status("spared").bestEffort().get(0).breaker()).isEqualTo(BestEffortSink.Breaker.CLOSED);
    }
}
