// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.House;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** Each change comes up whole, or everything is as before. */
@ExtendWith(BundleContextExtension.class)
class TransactionTest {
    private Scene scene;
    private BundleContext context;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws InterruptedException {
        context = bundle;
        scene = new Scene(bundle).booted();
    }

    @AfterEach
    void leave() {
        scene.close();
    }

    private String mood(String name) {
        ServiceReference<Delicate> reference = scene.byPid(Delicate.class, Delicate.PID + "~" + name);
        Delicate delicate = reference == null ? null : context.getService(reference);
        return delicate == null ? "none" : delicate.mood();
    }

    @Test
    void whatDoesNotComeUpIsTakenBackAndHeld() throws InterruptedException {
        scene.save("base/snakepipe.itest.delicate~a.cfg", "mood = fine\n");
        ReloadResult good = scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~a.cfg");

        scene.save("base/snakepipe.itest.delicate~a.cfg", "mood = bad\n");
        ReloadResult bad = scene.outcome(ReloadResult.Status.ROLLED_BACK, "snakepipe.itest.delicate~a.cfg");

        assertThat(bad.problems()).extracting(Object::toString).anyMatch(text -> text.contains("in no mood to start"));
        assertThat(bad.generation()).isEqualTo(good.generation());
        assertThat(bad.held()).containsExactly("base/snakepipe.itest.delicate~a.cfg");
        assertThat(mood("a")).isEqualTo("fine");

        scene.save("base/snakepipe.itest.delicate~b.cfg", "mood = fine\n");
        ReloadResult other = scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~b.cfg");

        assertThat(other.held()).containsExactly("base/snakepipe.itest.delicate~a.cfg");
        assertThat(mood("a")).isEqualTo("fine");
        assertThat(mood("b")).isEqualTo("fine");

        scene.save("base/snakepipe.itest.delicate~a.cfg", "mood = better\n");
        assertThat(scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~a.cfg")
                        .held())
                .isEmpty();
        assertThat(mood("a")).isEqualTo("better");
        scene.delete("base/snakepipe.itest.delicate~a.cfg");
        scene.delete("base/snakepipe.itest.delicate~b.cfg");
        scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~b.cfg");
        Scene.await("both are gone", () -> mood("a").equals("none") && mood("b").equals("none"));
    }

    @Test
    void aParticipantIsHeldAndSettledAndItsRefusalTakesTheChangeBack() throws InterruptedException {
        Witness witness = new Witness();
        ServiceRegistration<Participant> registration = context.registerService(Participant.class, witness, null);
        try {
            Scene.await("the witness is settled and released", () -> witness.calls.contains("release"));
            witness.calls.clear();

            scene.save("base/snakepipe.itest.delicate~c.cfg", "mood = fine\n");
            scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~c.cfg");
            Scene.await("it is released", () -> witness.calls.contains("release"));
            assertThat(witness.calls).containsExactly("hold", "settle", "release");
            assertThat(witness.wanted).containsKey(ConfigId.parse("snakepipe.itest.delicate~c"));

            witness.refuse = "not today";
            scene.save("base/snakepipe.itest.delicate~c.cfg", "mood = other\n");
            ReloadResult refused = scene.outcome(ReloadResult.Status.ROLLED_BACK, "snakepipe.itest.delicate~c.cfg");

            assertThat(refused.problems()).extracting(Object::toString).anyMatch(text -> text.contains("not today"));
            assertThat(mood("c")).isEqualTo("fine");
        } finally {
            registration.unregister();
            scene.delete("base/snakepipe.itest.delicate~c.cfg");
            scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~c.cfg");
        }
    }

    @Test
    void whatSomebodyElseWritesIsWrittenBack() throws InterruptedException, IOException {
        scene.save("base/snakepipe.itest.delicate~d.cfg", "mood = fine\n");
        scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~d.cfg");
        ConfigurationAdmin admin = scene.service(ConfigurationAdmin.class);
        Configuration configuration = admin.getFactoryConfiguration(Delicate.PID, "d", "?");
        Dictionary<String, Object> values = configuration.getProperties();
        values.put("mood", "foreign");

        configuration.update(values);
        ReloadResult back = scene.outcome(ReloadResult.Status.UNCHANGED, "snakepipe.itest.delicate~d");

        assertThat(back.problems()).extracting(Problem::code).contains("drift.reverted");
        Scene.await("it is as it was", () -> mood("d").equals("fine"));
        scene.delete("base/snakepipe.itest.delicate~d.cfg");
        scene.outcome(ReloadResult.Status.APPLIED, "snakepipe.itest.delicate~d.cfg");
    }

    @Test
    void whatSomebodyElseWritesAgainAndAgainIsToldUntilItIsWrittenBack() throws Exception {
        String id = "snakepipe.itest.delicate~f";
        scene.save("base/" + id + ".cfg", "mood = fine\n");
        scene.outcome(ReloadResult.Status.APPLIED, id + ".cfg");
        ConfigManager manager = scene.service(ConfigManager.class);
        Configuration configuration =
                scene.service(ConfigurationAdmin.class).getFactoryConfiguration(Delicate.PID, "f", "?");
        for (int time = 0; time < 4; time++) {
            Dictionary<String, Object> values = configuration.getProperties();
            values.put("mood", "foreign");
            configuration.update(values);
            scene.outcome(ReloadResult.Status.UNCHANGED, id);
        }
        assertThat(manager.problems()).extracting(Object::toString).anyMatch(text -> text.contains(id));
        Scene.await("it is left", () -> mood("f").equals("foreign"));

        manager.retry(Optional.empty(), ApplyOptions.by("test")).get();

        assertThat(manager.problems()).extracting(Object::toString).noneMatch(text -> text.contains(id));
        Scene.await("it is as it was", () -> mood("f").equals("fine"));
        scene.delete("base/" + id + ".cfg");
        scene.outcome(ReloadResult.Status.APPLIED, id + ".cfg");
    }

    @Test
    void aChangeIsAppliedWrittenAndGoneBackFrom() throws Exception {
        ConfigManager manager = scene.service(ConfigManager.class);
        String file = "base/snakepipe.itest.delicate~e.cfg";
        long before = manager.generation();

        ReloadResult applied = manager.apply(Map.of(file, Optional.of("mood = fine\n")), ApplyOptions.by("test"))
                .get();
        assertThat(applied.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(scene.directory(House.CONFIG).resolve(file)).hasContent("mood = fine");
        assertThat(mood("e")).isEqualTo("fine");

        ReloadResult bad = manager.apply(Map.of(file, Optional.of("mood = bad\n")), ApplyOptions.by("test"))
                .get();
        assertThat(bad.status()).isEqualTo(ReloadResult.Status.ROLLED_BACK);
        assertThat(scene.directory(House.CONFIG).resolve(file)).hasContent("mood = fine");
        assertThat(mood("e")).isEqualTo("fine");

        ReloadResult back =
                manager.rollback(before, ApplyOptions.by("test").writing()).get();
        assertThat(back.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(scene.directory(House.CONFIG).resolve(file)).doesNotExist();
        Scene.await("it is gone", () -> mood("e").equals("none"));
    }

    @Test
    void aPidThatNoPluginKnowsWaits() throws InterruptedException {
        scene.save("base/com.example.unknown~x.cfg", "anything = goes\n");
        ReloadResult outcome = scene.outcome(ReloadResult.Status.UNCHANGED, "com.example.unknown~x.cfg");

        ConfigState state = scene.service(ConfigManager.class)
                .get(ConfigId.parse("com.example.unknown~x"))
                .orElseThrow();
        assertThat(state.state()).isEqualTo(ConfigState.State.WAITING);
        assertThat(outcome.problems()).allMatch(problem -> !problem.isError());
        scene.delete("base/com.example.unknown~x.cfg");
        scene.outcome(ReloadResult.Status.UNCHANGED, "com.example.unknown~x.cfg");
    }

    @Test
    void aJarThatIsNoBundleIsExplained() throws InterruptedException, IOException {
        Path jar = scene.directory(House.DEPLOY).resolve("notes.jar");
        Files.writeString(jar, "this is no zip file");

        Scene.await(
                "the jar is listed as rejected",
                () -> scene.service(PluginManager.class).list().stream()
                        .anyMatch(info -> info.file().equals("notes.jar")
                                && info.kind() == PluginInfo.Kind.REJECTED
                                && !info.reason().isEmpty()));
        Files.delete(jar);
        Scene.await(
                "the jar is forgotten",
                () -> scene.service(PluginManager.class).list().stream()
                        .noneMatch(info -> info.file().equals("notes.jar")));
        scene.outcome(ReloadResult.Status.UNCHANGED, "notes.jar");
    }
}
