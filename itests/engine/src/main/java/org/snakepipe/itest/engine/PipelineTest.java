// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PipelineState;
import org.snakepipe.control.PipelineStatus;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** A pipeline from a directory to a file, made of the shipped parts, changed while it runs. */
@ExtendWith(BundleContextExtension.class)
class PipelineTest {
    private Scene scene;
    private BundleContext context;
    private Pipelines pipelines;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
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

    private long distinct(String name) throws IOException {
        Path out = scene.directory(House.DATA).resolve("out/" + name + ".ndjson");
        return Files.exists(out) ? Files.readAllLines(out).stream().distinct().count() : 0;
    }

    private PipelineStatus status(String name) {
        return pipelines.show(name).orElseThrow();
    }

    @Test
    void recordsFlowAndAKnobTurnsInPlace() throws Exception {
        input("flow", "a.ndjson", 0, 500);
        configure("flow", "batch.size = 10\n");
        Scene.await("500 records", () -> distinct("flow") == 500);
        Scene.await("they are counted", () -> status("flow").total() == 500);

        configure("flow", "batch.size = 7\nrate.limit = 100000\n");
        scene.outcome(ReloadResult.Status.APPLIED, "pipeline~flow");
        input("flow", "b.ndjson", 500, 800);

        Scene.await("300 more", () -> distinct("flow") == 800);
        assertThat(status("flow").state()).isEqualTo(PipelineState.RUNNING);
    }

    @Test
    void aBadKnobIsRefusedAndThePipelineRunsOn() throws Exception {
        configure("knob", "batch.size = 10\n");
        Scene.await(
                "it runs",
                () -> pipelines
                        .show("knob")
                        .filter(status -> status.state() == PipelineState.RUNNING)
                        .isPresent());

        configure("knob", "batch.size = 0\n");
        ReloadResult refused = scene.outcome(ReloadResult.Status.REJECTED, "pipeline~knob");

        assertThat(refused.problems())
                .extracting(Object::toString)
                .anyMatch(text ->
                        text.startsWith("base/snakepipe.pipeline~knob.cfg:3: batch.size = 0 is below the minimum 1"
                                + " (allowed: 1 to 10000)"));
        input("knob", "a.ndjson", 0, 50);
        Scene.await("records flow", () -> distinct("knob") == 50);
        configure("knob", "batch.size = 10\n");
    }

    @Test
    void stopsAndStartsAndStartsOver() throws Exception {
        input("hand", "a.ndjson", 0, 20);
        configure("hand", "");
        Scene.await("20 records", () -> distinct("hand") == 20 && status("hand").total() == 20);

        assertThat(pipelines.stop("hand", java.time.Duration.ofSeconds(10))).isTrue();
        assertThat(status("hand").state()).isEqualTo(PipelineState.STOPPED);
        input("hand", "b.ndjson", 20, 30);
        pipelines.start("hand");
        Scene.await("10 more", () -> distinct("hand") == 30 && status("hand").total() == 30);

        Files.delete(scene.directory(House.DATA).resolve("out/hand.ndjson"));
        pipelines.reset("hand", Map.of());
        Scene.await("all again", () -> status("hand").total() == 30);
    }

    @Test
    void waitsWhileAPartIsAwayAndGoesOnWhenItComes() throws Exception {
        configure("gap", "");
        input("gap", "a.ndjson", 0, 10);
        Scene.await("10 records", () -> distinct("gap") == 10);
        Bundle sink = bundle("org.snakepipe.sink.file");

        sink.stop(Bundle.STOP_TRANSIENT);
        try {
            Scene.await("it waits", () -> status("gap").state() == PipelineState.WAITING);
            assertThat(status("gap").detail()).contains("snakepipe.sink.file~gap");
            input("gap", "b.ndjson", 10, 20);
        } finally {
            restart(sink);
        }
        Scene.await("10 more", () -> distinct("gap") == 20);
    }

    @Test
    void aConstructorThatThrowsOrHangsIsTakenBackAndThePipelineRunsOn() throws Exception {
        input("frail", "a.ndjson", 0, 10);
        String file = "base/" + FragileSink.PID + "~frail.cfg";
        scene.save(file, "mood = well\n");
        configure("frail", "");
        scene.save(
                "base/snakepipe.pipeline~frail.cfg",
                "source = snakepipe.source.file~frail\nsinks = " + FragileSink.PID + "~frail\n");
        Scene.await(
                "10 records",
                () -> pipelines.show("frail").isPresent() && status("frail").total() == 10);

        for (String mood : new String[] {"throws", "hangs"}) {
            scene.save(file, "mood = " + mood + "\n");
            ReloadResult outcome = scene.outcome(ReloadResult.Status.ROLLED_BACK, "fragile~frail");

            assertThat(outcome.problems().toString())
                    .contains(FragileSink.PID + "~frail")
                    .contains(mood.equals("throws") ? "mood = throws cannot be had" : "it hangs at ");
            assertThat(outcome.held()).contains(file);
            assertThat(status("frail").state()).isEqualTo(PipelineState.RUNNING);
        }

        input("frail", "b.ndjson", 10, 20);
        Scene.await("10 more", () -> status("frail").total() == 20);
        scene.save(file, "mood = interrupts\n");
        scene.outcome(ReloadResult.Status.APPLIED, "fragile~frail");
        input("frail", "c.ndjson", 20, 30);
        Scene.await(
                "10 more with one that leaves the interrupt flag set",
                () -> status("frail").total() == 30);
        scene.save(file, "mood = well again\n");
        assertThat(scene.outcome(ReloadResult.Status.APPLIED, "fragile~frail").held())
                .doesNotContain(file);
    }

    /** Somebody stops the bundle of the sink while its pipeline is being changed. */
    @Test
    void aPluginThatIsStoppedInTheMiddleLeavesOneGenerationAndNoRecordBehind() throws Exception {
        configure("middle", "batch.size = 10\n");
        scene.outcome(ReloadResult.Status.APPLIED, "pipeline~middle");
        input("middle", "a.ndjson", 0, 100);
        Scene.await("100 records", () -> distinct("middle") == 100);
        Bundle sink = bundle("org.snakepipe.sink.file");
        AtomicBoolean armed = new AtomicBoolean();
        Participant saboteur = new Participant() {
            @Override
            public String name() {
                return "saboteur";
            }

            @Override
            public void hold(long epoch) {
                if (armed.getAndSet(false)) {
                    try {
                        sink.stop(Bundle.STOP_TRANSIENT);
                    } catch (BundleException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }

            @Override
            public List<Problem> settle(long epoch, Map<ConfigId, String> wanted, Duration deadline) {
                return List.of();
            }

            @Override
            public void release(long epoch) {}
        };
        ServiceRegistration<Participant> registration = context.registerService(Participant.class, saboteur, null);
        ReloadResult outcome;
        try {
            armed.set(true);
            configure("middle", "batch.size = 20\n");
            outcome = scene.outcome(result -> result.cause().contains("pipeline~middle"));
            assertThat(armed).isFalse();
            assertThat(sink.getState()).isEqualTo(Bundle.RESOLVED);
            input("middle", "b.ndjson", 100, 200);
        } finally {
            registration.unregister();
            restart(sink);
        }

        Scene.await("all 200", () -> distinct("middle") == 200);
        assertThat(outcome.status()).isIn(ReloadResult.Status.APPLIED, ReloadResult.Status.ROLLED_BACK);
        boolean applied = outcome.status() == ReloadResult.Status.APPLIED;
        assertThat(scene.service(ConfigManager.class)
                        .get(ConfigId.parse("snakepipe.pipeline~middle"))
                        .orElseThrow()
                        .values()
                        .get("batch.size")
                        .raw())
                .hasToString(applied ? "20" : "10");
    }

    private static void restart(Bundle bundle) throws BundleException {
        bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    }

    private Bundle bundle(String symbolicName) {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().equals(symbolicName)) {
                return bundle;
            }
        }
        throw new AssertionError("no bundle " + symbolicName);
    }
}
