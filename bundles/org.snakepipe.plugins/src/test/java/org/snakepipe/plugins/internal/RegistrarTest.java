// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginAnalysis.Verdict;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.Registration;
import org.snakepipe.control.RegistrationResult;
import org.snakepipe.control.RegistrationResult.Outcome;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.plugins.testing.JarBuilder;

/** What the registrar asks of the rollout, and what it makes of the answer; the rollout itself is tested in its room. */
class RegistrarTest {
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    Path directory;

    private final List<Object> asked = new ArrayList<>();
    private final List<PluginInfo> listed = new ArrayList<>();
    private final List<PluginInfo> along = new ArrayList<>();
    private Verdict verdict = Verdict.FITS;
    private ReloadResult.Status status = ReloadResult.Status.APPLIED;

    @Test
    void asksForTheJarsAndWhatTheyLackAndTheirConfigurationAtOnce() throws Exception {
        Path jar = put("p.jar", "1");
        along.add(found(put("lib.jar", "2")).info());
        verdict = Verdict.FITS_WITH;

        RegistrationResult result = register(List.of("old.jar"), jar);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.generation()).isEqualTo(7);
        assertThat(result.along()).isEqualTo(along);
        assertThat(result.timings()).containsOnlyKeys("analyse", "look");
        assertThat(asked.get(0)).isEqualTo(Map.of("base/x.cfg", Optional.of("a = 1")));
        assertThat((Map<?, ?>) asked.get(1)).hasSize(3);
        assertThat(asked.get(1).toString())
                .contains("old.jar=Optional.empty", found(jar).info().digest());
    }

    @Test
    void asksForNothingWhenAJarDoesNotFit() throws Exception {
        verdict = Verdict.UNFIT;

        RegistrationResult result = register(List.of(), put("p.jar", "1"));

        assertThat(result.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(result.explanation()).containsExactly("because");
        assertThat(asked).isEmpty();
    }

    @Test
    void saysWhatWasTakenBack() throws Exception {
        status = ReloadResult.Status.ROLLED_BACK;

        RegistrationResult result = register(List.of(), put("p.jar", "1"));

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.rolledBack()).containsExactly("deploy/p.jar: new");
        assertThat(result.explanation()).containsExactly("it did not come up");
    }

    @Test
    void saysWhichOfThemIsNotActive() throws Exception {
        Path jar = put("p.jar", "1");
        PluginInfo waits = found(jar).info();
        listed.add(new PluginInfo(
                "p.jar",
                waits.digest(),
                "p",
                "1",
                PluginInfo.Kind.PLUGIN,
                PluginInfo.State.WAITING,
                "deploy/q.jar is the newer p 2.0.0",
                List.of(),
                List.of(),
                List.of(),
                "",
                ""));

        for (ReloadResult.Status one : List.of(ReloadResult.Status.APPLIED, ReloadResult.Status.UNCHANGED)) {
            status = one;
            RegistrationResult result = register(List.of(), jar);

            assertThat(result.explanation()).contains("deploy/p.jar is not active: deploy/q.jar is the newer p 2.0.0");
            assertThat(result.outcome()).as("%s", one).isEqualTo(Outcome.WAITING);
        }
        assertThat(register(List.of("p.jar")).outcome())
                .as("what went has waited before")
                .isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void takesNoJarAlongInThePlaceOfAnotherOne() throws Exception {
        along.add(found(put("lib.jar", "2")).info());
        verdict = Verdict.FITS_WITH;
        listed.add(new PluginInfo(
                "lib.jar",
                "0123",
                "other",
                "1",
                PluginInfo.Kind.LIBRARY,
                PluginInfo.State.ACTIVE,
                "",
                List.of(),
                List.of(),
                List.of(),
                "",
                ""));
        Path jar = put("p.jar", "1");

        RegistrationResult result = register(List.of(), jar);

        assertThat(result.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(result.explanation())
                .containsExactly(directory.resolve("lib.jar")
                        + " would be taken along, and take the place of deploy/lib.jar, which is other 1; rename it, or name"
                        + " it among what is registered if that is meant");
        assertThat(asked).isEmpty();
        assertThat(register(List.of("lib.jar"), jar).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void refusesAJarThatIsAnotherOneMeanwhileOrTwoOfOneName() throws Exception {
        Path jar = put("p.jar", "1");
        PluginInfo analysed = found(jar).info();
        put("p.jar", "2");
        Path twin = Files.createDirectory(directory.resolve("d")).resolve("q.jar");
        Files.write(twin, JarBuilder.plugin("q", "9", "sink", "q").bytes());

        RegistrationResult moved = registrar(List.of(analysed))
                .register(List.of(), registration(jar), rollout())
                .get();
        RegistrationResult twice = register(List.of(), put("q.jar", "1"), twin);

        assertThat(moved.explanation()).singleElement().asString().contains("has become another file just now");
        assertThat(twice.explanation()).containsExactly("two jars are called q.jar; rename one of them");
        assertThat(asked).isEmpty();
    }

    private RegistrationResult register(List<String> gone, Path... jars) throws Exception {
        List<PluginInfo> found = new ArrayList<>();
        for (Path jar : jars) {
            found.add(found(jar).info());
        }
        return registrar(found).register(gone, registration(jars), rollout()).get();
    }

    private Registrar registrar(List<PluginInfo> found) {
        return new Registrar(
                (jars, directories, going) ->
                        new PluginAnalysis(found, verdict, along, List.of(), List.of(), List.of("because")),
                () -> listed);
    }

    private Registration registration(Path... jars) {
        return new Registration(List.of(jars), List.of(), Map.of("base/x.cfg", Optional.of("a = 1")), ANN);
    }

    private FoundJar found(Path jar) {
        return new Discovery(directory.resolve("index"), "1", 17).look(jar);
    }

    private Path put(String name, String version) throws Exception {
        return Files.write(
                directory.resolve(name),
                JarBuilder.plugin("p", version, "sink", "p").bytes());
    }

    /** Remembers what it is asked, and answers. */
    private ConfigManager rollout() {
        boolean good = status == ReloadResult.Status.APPLIED || status == ReloadResult.Status.UNCHANGED;
        ReloadResult result = ReloadResult.of(status, 7, "test")
                .changes(List.of("deploy/p.jar: new"), List.of())
                .problems(
                        good
                                ? List.of()
                                : List.of(
                                        Problem.error("x", "it did not come up").build()))
                .phases(Map.of("look", Duration.ofMillis(3)))
                .at(Instant.EPOCH);
        return (ConfigManager) Proxy.newProxyInstance(
                ConfigManager.class.getClassLoader(),
                new Class<?>[] {ConfigManager.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("generation")) {
                        return 6L;
                    }
                    asked.addAll(List.of(arguments));
                    return CompletableFuture.completedFuture(result);
                });
    }
}
