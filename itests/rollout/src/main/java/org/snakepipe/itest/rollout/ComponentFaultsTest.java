// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.Participant;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;
import org.snakepipe.itest.common.Scene;

/**
 * A change of two components, the second of which misbehaves, again and again: it comes into force whole or not at all, in the
 * files too, and the next change is like any other. {@code -Plong} goes on for much longer.
 */
@ExtendWith(BundleContextExtension.class)
class ComponentFaultsTest {
    private static final String A = "faulty.a";
    private static final String B = "faulty.b";
    private static final String PLUGIN = "steady";
    private static final String STEADY_FILE = "base/snakepipe.sink.steady~one.cfg";
    private static final String METATYPE = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="x" name="x"><AD id="size" type="Integer"/></OCD>
              <Designate factoryPid="snakepipe.sink.steady"><Object ocdref="x"/></Designate>
            </metatype:MetaData>
            """;
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="steady" immediate="true"
                configuration-pid="snakepipe.sink.steady" configuration-policy="require" activate="activate">
              <implementation class="CLASS"/>
              <service><provide interface="CLASS"/></service>
            </scr:component>
            """;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    private final Random random = new Random(3);
    private BundleContext context;
    private Edits edits;
    private ConfigManager manager;
    private int rounds;
    private int number;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        edits = new Edits(bundle);
        manager = edits.scene().service(ConfigManager.class);
        rounds = Integer.parseInt(bundle.getProperty("snakepipe.fault.rounds"));
    }

    @AfterEach
    void leave() throws InterruptedException, IOException {
        Delicate.RELEASE.get().countDown();
        edits.close();
    }

    private ReloadResult apply(String first, String second) throws Exception {
        return manager.apply(
                        Map.of(
                                Edits.path(A), Optional.of("mood = " + first + "\n"),
                                Edits.path(B), Optional.of("mood = " + second + "\n")),
                        ANN)
                .get();
    }

    private String good() throws Exception {
        number++;
        String mood = "good " + number;
        ReloadResult result = apply(mood, mood);
        assertThat(result.status()).as("%s", result).isEqualTo(Status.APPLIED);
        isWhole(mood, mood);
        return mood;
    }

    private void isWhole(String first, String second) throws IOException {
        assertThat(edits.mood(A)).isEqualTo(first);
        assertThat(edits.mood(B)).isEqualTo(second);
        assertThat(Files.readString(edits.file(A))).isEqualTo("mood = " + first + "\n");
        assertThat(Files.readString(edits.file(B))).isEqualTo("mood = " + second + "\n");
    }

    @Test
    void oneWhoseConstructorThrowsTakesTheChangeBack() throws Exception {
        for (int round = 0; round < rounds; round++) {
            String before = good();

            ReloadResult result = apply("other " + round, "bad");

            assertThat(result.status()).as("%s", result).isEqualTo(Status.ROLLED_BACK);
            assertThat(result.problems().toString()).contains("in no mood to start");
            isWhole(before, before);
        }
        good();
    }

    /** Each takes the patience of a change, twice: there are fewer of them. */
    @Test
    void oneWhoseConstructorHangsTakesTheChangeBack() throws Exception {
        for (int round = 0; round <= rounds / 10; round++) {
            Delicate.RELEASE.set(new CountDownLatch(1));
            String before = good();

            ReloadResult result = apply("other " + round, "hanging");

            assertThat(result.status()).as("%s", result).isIn(Status.FAILED, Status.ROLLED_BACK);
            assertThat(result.problems().toString()).contains(Delicate.class.getName());
            assertThat(Files.readString(edits.file(A))).isEqualTo("mood = " + before + "\n");
            assertThat(Files.readString(edits.file(B))).isEqualTo("mood = " + before + "\n");
            Delicate.RELEASE.get().countDown();
            Scene.await(
                    "what hung has ended, and all is as it was",
                    () -> edits.mood(A).equals(before) && edits.mood(B).equals(before));
        }
        good();
    }

    /** Somebody stops a plugin at any moment of a change, and starts it again. */
    @Test
    void aPluginThatIsStoppedInTheMiddleLeavesOneGeneration() throws Exception {
        Path jar = edits.scene().directory(House.DEPLOY).resolve("steady.jar");
        Files.write(jar, steady());
        edits.scene().outcome(Status.APPLIED, "steady.jar");
        Witness witness = new Witness();
        ServiceRegistration<Participant> taking = context.registerService(Participant.class, witness, null);
        try {
            int now = both(0, Status.APPLIED);
            for (int round = 1; round <= rounds; round++) {
                Bundle plugin = plugin();
                boolean certain = round % 2 == 1;
                CompletableFuture<Void> stopped;
                if (certain) {
                    stopped = new CompletableFuture<>();
                    witness.settling = () -> stop(plugin, 0, stopped);
                } else {
                    long pause = (long) (random.nextDouble() * LONGEST_NANOS);
                    stopped = CompletableFuture.runAsync(() -> stop(plugin, pause, new CompletableFuture<>()));
                }
                ReloadResult result = change(round);
                stopped.get(20, TimeUnit.SECONDS);
                witness.settling = () -> {};

                boolean applied = result.status() == Status.APPLIED;
                assertThat(result.status()).as("%s", result).isIn(Status.APPLIED, Status.ROLLED_BACK, Status.REJECTED);
                if (certain) {
                    assertThat(result.status()).as("%s", result).isEqualTo(Status.ROLLED_BACK);
                    assertThat(result.problems().toString()).contains("somebody has stopped its bundle steady");
                }
                now = applied ? round : now;
                isBoth(now);
                plugin.start();
                now = both(rounds + round, Status.APPLIED);
            }
        } finally {
            taking.unregister();
            edits.scene().delete(STEADY_FILE);
            edits.scene().outcome(Status.APPLIED, STEADY_FILE);
            Files.delete(jar);
            edits.scene().outcome(Status.APPLIED, "steady.jar");
        }
    }

    private Bundle plugin() {
        return Stream.of(context.getBundles())
                .filter(bundle -> PLUGIN.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static void stop(Bundle plugin, long pause, CompletableFuture<Void> done) {
        LockSupport.parkNanos(pause);
        try {
            plugin.stop();
            done.complete(null);
        } catch (BundleException e) {
            done.completeExceptionally(e);
            throw new IllegalStateException(e);
        }
    }

    private ReloadResult change(int size) throws Exception {
        return manager.apply(
                        Map.of(
                                Edits.path(A),
                                Optional.of("mood = size " + size + "\n"),
                                STEADY_FILE,
                                Optional.of("size = " + size + "\n")),
                        ANN)
                .get();
    }

    private int both(int size, Status expected) throws Exception {
        ReloadResult result = change(size);
        assertThat(result.status()).as("%s", result).isEqualTo(expected);
        isBoth(size);
        return size;
    }

    private void isBoth(int size) throws Exception {
        Dictionary<String, Object> values = edits.scene()
                .service(ConfigurationAdmin.class)
                .getFactoryConfiguration("snakepipe.sink.steady", "one", "?")
                .getProperties();
        assertThat(values.get("size")).isEqualTo(size);
        assertThat(edits.mood(A)).isEqualTo("size " + size);
        assertThat(Files.readString(edits.config().resolve(STEADY_FILE))).isEqualTo("size = " + size + "\n");
        assertThat(Files.readString(edits.file(A))).isEqualTo("mood = size " + size + "\n");
    }

    private static byte[] steady() throws IOException {
        String file = Steady.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Steady.class.getResourceAsStream("/" + file)) {
            return Bundles.plugin(PLUGIN, "1.0.0")
                    .header("Service-Component", "OSGI-INF/steady.xml")
                    .entry(
                            "OSGI-INF/steady.xml",
                            COMPONENT.replace("CLASS", Steady.class.getName()).getBytes(StandardCharsets.UTF_8))
                    .entry("OSGI-INF/metatype/x.xml", METATYPE.getBytes(StandardCharsets.UTF_8))
                    .entry(file, in.readAllBytes())
                    .jar();
        }
    }
}
