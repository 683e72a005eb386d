// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;
import org.snakepipe.itest.common.Scene;

/**
 * The constructor of a sink misbehaves again and again, in a change of the sink and of its pipeline: the change comes into force
 * whole or not at all, and records flow on. {@code -Plong} goes on for much longer.
 */
@ExtendWith(BundleContextExtension.class)
class ConstructorFaultsTest {
    private static final String SINK = "base/" + FragileSink.PID + "~faulty.cfg";
    private static final String PIPELINE = "base/snakepipe.pipeline~faulty.cfg";
    private static final ApplyOptions ANN = ApplyOptions.by("ann");
    private static final int RECORDS = 3;

    private Scene scene;
    private Pipelines pipelines;
    private ConfigManager manager;
    private int rounds;
    private int change;
    private int sent;
    private String mood = "";
    private int batch;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException, IOException {
        scene = new Scene(bundle).booted();
        pipelines = scene.service(Pipelines.class);
        manager = scene.service(ConfigManager.class);
        rounds = Integer.parseInt(bundle.getProperty("snakepipe.fault.rounds"));
        Files.createDirectories(scene.directory(House.DATA).resolve("in-faulty"));
        scene.save("base/snakepipe.source.file~faulty.cfg", "directory = in-faulty\nformat = ndjson\n");
        scene.outcome(Status.APPLIED, "source.file~faulty");
    }

    @AfterEach
    void leave() throws InterruptedException {
        FragileSink.RELEASE.get().countDown();
        scene.delete(PIPELINE);
        scene.outcome(Status.APPLIED, "pipeline~faulty");
        scene.close();
    }

    private ReloadResult change(String wanted) throws Exception {
        change++;
        int next = 1 + change;
        ReloadResult result = manager.apply(
                        Map.of(
                                SINK, Optional.of(sink(wanted)),
                                PIPELINE, Optional.of(pipeline(next))),
                        ANN)
                .get();
        if (result.status() == Status.APPLIED) {
            mood = wanted;
            batch = next;
        }
        isWholeAndFlows();
        return result;
    }

    private static String sink(String mood) {
        return "mood = " + mood + "\n";
    }

    private static String pipeline(int batch) {
        return "source = snakepipe.source.file~faulty\nsinks = " + FragileSink.PID + "~faulty\nbatch.size = " + batch
                + "\n";
    }

    private void isWholeAndFlows() throws Exception {
        Path config = scene.directory(House.CONFIG);
        assertThat(Files.readString(config.resolve(SINK))).isEqualTo(sink(mood));
        assertThat(Files.readString(config.resolve(PIPELINE))).isEqualTo(pipeline(batch));
        Scene.await(
                "it runs",
                () -> pipelines
                        .show("faulty")
                        .filter(status -> status.state() == PipelineState.RUNNING)
                        .isPresent());
        String lines = IntStream.range(sent, sent + RECORDS)
                .mapToObj(i -> "{\"n\":" + i + "}\n")
                .collect(Collectors.joining());
        Files.writeString(scene.directory(House.DATA).resolve("in-faulty/" + sent + ".ndjson"), lines);
        sent += RECORDS;
        Scene.await(
                sent + " records", () -> pipelines.show("faulty").orElseThrow().total() == sent);
    }

    private void isTakenBack(String wanted, String reason) throws Exception {
        String before = mood;
        ReloadResult result = change(wanted);
        assertThat(result.status()).as("%s", result).isEqualTo(Status.ROLLED_BACK);
        assertThat(result.problems().toString())
                .contains(FragileSink.PID + "~faulty")
                .contains(reason);
        assertThat(mood).isEqualTo(before);
    }

    private void isApplied(String wanted) throws Exception {
        ReloadResult result = change(wanted);
        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
    }

    /** Those that hang take the patience of a change: there are fewer of them. */
    @Test
    void whateverItDoesOneGenerationIsInForceAndRecordsFlow() throws Exception {
        for (int round = 1; round <= rounds; round++) {
            isApplied("well " + round);
            isTakenBack("throws", "mood = throws cannot be had");
            isApplied("interrupts");
            if (round % 20 == 1) {
                isTakenBack("hangs", "it hangs at ");
                FragileSink.RELEASE.set(new CountDownLatch(1));
                isTakenBack("hangs deaf", "it hangs at ");
                FragileSink.RELEASE.get().countDown();
            }
        }
        isApplied("well");
    }
}
