// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ConfigManager;
import org.snakepipe.control.House;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginManager;
import org.snakepipe.control.Registration;
import org.snakepipe.control.RegistrationResult;
import org.snakepipe.control.RegistrationResult.Outcome;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.itest.common.Scene;

/** Whatever becomes of a plugin that is registered: nobody else is wired anew, and what does not come up leaves nothing. */
@ExtendWith(BundleContextExtension.class)
class RegistrationTest {
    private static final String FILE = "base/" + Delicate.PID + "~registered.cfg";
    private static final String NAME = "r.plugin";
    private static final String LIBRARY = "r.lib";

    @TempDir
    private Path directory;

    private Scene scene;
    private BundleContext context;
    private PluginManager plugins;
    private String other;

    @BeforeEach
    void enter(@InjectBundleContext BundleContext bundle) throws Exception {
        context = bundle;
        scene = new Scene(bundle).booted();
        plugins = scene.service(PluginManager.class);
        // There is a configuration directory, and it has been read.
        other = "base/" + Delicate.PID + "~" + directory.getFileName() + ".cfg";
        scene.save(other, "mood = fine\n");
        scene.outcome(ReloadResult.Status.APPLIED, other);
    }

    @AfterEach
    void leave() throws Exception {
        List<String> files = plugins.list().stream()
                .filter(info -> info.kind() != Kind.SHIPPED)
                .map(PluginInfo::file)
                .toList();
        if (!files.isEmpty()) {
            RegistrationResult gone =
                    plugins.unregister(files, ApplyOptions.by("test")).get();
            assertThat(gone.outcome()).as("%s", gone).isEqualTo(Outcome.DONE);
        }
        scene.service(ConfigManager.class)
                .apply(Map.of(FILE, Optional.empty(), other, Optional.empty()), ApplyOptions.by("test"))
                .get();
        scene.close();
    }

    private RegistrationResult register(Map<String, Optional<String>> configuration, Path... jars) throws Exception {
        return plugins.register(
                        new Registration(List.of(jars), List.of(directory), configuration, ApplyOptions.by("test")))
                .get();
    }

    private Path put(String name, Bundles bundle) throws IOException {
        return Files.write(directory.resolve(name), bundle.jar());
    }

    private Optional<Bundle> installed(String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst();
    }

    private void assertNothingIsPending() {
        assertThat(context.getBundle(0).adapt(FrameworkWiring.class).getRemovalPendingBundles())
                .as("bundles that were uninstalled and are still used")
                .isEmpty();
    }

    private static Class<? extends BundleActivator> start(String how) {
        return how.equals("throws") ? FailingStart.class : HangingStart.class;
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "hangs"})
    void aPluginThatDoesNotStartLeavesNothing(String how) throws Exception {
        Path jar = put("start.jar", Bundles.plugin(NAME, "1.0.0").activator(start(how)));
        Wiring before = Wiring.of(context);
        long generation = scene.service(ConfigManager.class).generation();

        RegistrationResult result = register(Map.of(FILE, Optional.of("mood = fine\n")), jar);

        assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.generation()).isEqualTo(generation);
        assertThat(result.rolledBack()).containsExactly("deploy/start.jar: new", Delicate.PID + "~registered: new");
        assertThat(result.explanation()).singleElement().asString().startsWith("deploy/start.jar: does not start");
        assertThat(result.explanation().get(0))
                .contains(how.equals("throws") ? "this plugin never starts" : "HangingStart.start(");
        Scene.await("what hung is gone", () -> installed(NAME).isEmpty());
        assertThat(Wiring.of(context).differences(before)).isEmpty();
        assertNothingIsPending();
        assertThat(scene.directory(House.DEPLOY).resolve("start.jar")).doesNotExist();
        assertThat(scene.directory(House.CONFIG).resolve(FILE)).doesNotExist();
        assertThat(scene.byPid(Delicate.class, Delicate.PID + "~registered")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "hangs"})
    void aReplacementThatDoesNotStartLeavesTheOldOneAsItWas(String how) throws Exception {
        register(Map.of(), put("one.jar", Bundles.plugin(NAME, "1.0.0")));
        Wiring before = Wiring.of(context);

        RegistrationResult result = plugins.replace(
                        List.of("one.jar"),
                        Registration.of(
                                List.of(put(
                                        "two.jar", Bundles.plugin(NAME, "2.0.0").activator(start(how)))),
                                ApplyOptions.by("test")))
                .get();

        assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.rolledBack()).containsExactly("deploy/two.jar: new", "deploy/one.jar: removed");
        Scene.await(
                "one is there",
                () -> Stream.of(context.getBundles())
                                .filter(bundle -> bundle.getSymbolicName().equals(NAME))
                                .count()
                        == 1);
        assertThat(Wiring.of(context).differences(before))
                .as("the same bundle, started, wired as it was")
                .isEmpty();
        assertNothingIsPending();
        assertThat(scene.directory(House.DEPLOY).resolve("one.jar")).exists();
        assertThat(scene.directory(House.DEPLOY).resolve("two.jar")).doesNotExist();
    }

    @Test
    void whoRegistersAtOnceWithAnotherIsLookedAtWithWhatThatOneBrings() throws Exception {
        Path library = put("lib.jar", Bundles.plugin(LIBRARY, "1.0.0").header("Export-Package", LIBRARY));
        Path needs = put("p.jar", Bundles.plugin(NAME, "1.0.0").header("Import-Package", LIBRARY));

        CompletableFuture<RegistrationResult> first =
                plugins.register(Registration.of(List.of(library), ApplyOptions.by("ann")));
        CompletableFuture<RegistrationResult> second =
                plugins.register(Registration.of(List.of(needs), ApplyOptions.by("bob")));

        assertThat(first.get().outcome()).as("%s", first.get()).isEqualTo(Outcome.DONE);
        assertThat(second.get().outcome()).as("%s", second.get()).isEqualTo(Outcome.DONE);
        assertThat(scene.directory(House.DEPLOY)).isDirectoryContaining("glob:**/p.jar");
    }

    @Test
    void ofTwoWhoRegisterTheSameAtOnceBothHaveIt() throws Exception {
        Path jar = put("p.jar", Bundles.plugin(NAME, "1.0.0"));

        CompletableFuture<RegistrationResult> first =
                plugins.register(Registration.of(List.of(jar), ApplyOptions.by("ann")));
        CompletableFuture<RegistrationResult> second =
                plugins.register(Registration.of(List.of(jar), ApplyOptions.by("bob")));

        assertThat(first.get().outcome()).as("%s", first.get()).isEqualTo(Outcome.DONE);
        assertThat(second.get().outcome()).as("%s", second.get()).isEqualTo(Outcome.UNCHANGED);
        assertThat(installed(NAME)).map(Bundle::getState).contains(Bundle.ACTIVE);
    }

    @Test
    void nobodyElseIsWiredAnewByWhatComesIsReplacedAndGoes() throws Exception {
        Wiring before = Wiring.of(context);
        Bundles needs = Bundles.plugin(NAME, "1.0.0").header("Import-Package", LIBRARY);
        put("lib.jar", Bundles.library(LIBRARY, "1.0.0").header("Export-Package", LIBRARY));

        RegistrationResult came = register(Map.of(FILE, Optional.of("mood = fine\n")), put("p.jar", needs));
        assertThat(came.outcome()).as("%s", came).isEqualTo(Outcome.DONE);
        assertThat(came.along()).extracting(PluginInfo::symbolicName).containsExactly(LIBRARY);
        assertThat(Wiring.of(context, NAME, LIBRARY).differences(before))
                .as("after it came")
                .isEmpty();
        assertThat(scene.directory(House.CONFIG).resolve(FILE)).hasContent("mood = fine\n");
        assertThat(scene.byPid(Delicate.class, Delicate.PID + "~registered")).isNotNull();
        Wiring others = Wiring.of(context, NAME);

        RegistrationResult replaced = plugins.replace(
                        List.of("p.jar"),
                        Registration.of(
                                List.of(put("q.jar", needs.header("Bundle-Version", "1.1.0"))),
                                ApplyOptions.by("test")))
                .get();
        assertThat(replaced.outcome()).as("%s", replaced).isEqualTo(Outcome.DONE);
        assertThat(installed(NAME))
                .map(bundle -> bundle.getVersion().toString())
                .contains("1.1.0");
        assertThat(Wiring.of(context, NAME).differences(others))
                .as("after it was replaced")
                .isEmpty();
        assertNothingIsPending();

        RegistrationResult went = plugins.unregister(List.of("q.jar", "lib.jar"), ApplyOptions.by("test"))
                .get();
        assertThat(went.outcome()).as("%s", went).isEqualTo(Outcome.DONE);
        assertThat(Wiring.of(context).differences(before)).as("after it went").isEmpty();
        assertNothingIsPending();
    }
}
