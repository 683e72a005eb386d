// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.plugins.internal.osgi.ProbePlugins.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.PluginVersion;
import org.snakepipe.plugins.testing.JarBuilder;

class PluginInstallerTest extends InFramework {
    @Test
    void installsAtALocationThatSaysTheDigest() throws Exception {
        FileContent jar = plugin("1.0.0").content();
        running.stage("sink.jar", jar);

        running.apply();

        assertThat(running.only().getLocation()).isEqualTo("snakepipe:plugin/" + jar.digest());
        assertThat(running.only().getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(RunningFramework.said()).isEqualTo("start 1.0.0");
    }

    @Test
    void changesNothingWhenAllIsThere() throws Exception {
        running.stage("sink.jar", plugin("1.0.0").content());
        running.apply();
        Bundle before = running.only();

        PluginChange change = running.prepare();

        assertThat(change.isEmpty()).isTrue();
        change.commit();
        assertThat(running.only()).isSameAs(before);
    }

    @Test
    void givesTheVersionAndTheMigrationsThatAPluginNames() throws Exception {
        FileContent jar = JarBuilder.bundle("p.sink", "2.1.0")
                .header(
                        "Provide-Capability",
                        "org.snakepipe.plugin;kind=sink;name=probe;component=\"p.sink.Definition\";"
                                + "migrations:List<String>=\"p.sink.Renamed\"")
                .header("Import-Package", "org.snakepipe.api.config")
                .classes(
                        "p.sink.Renamed",
                        "package p.sink; import java.util.Map; import org.snakepipe.api.config.*;"
                                + " public class Renamed implements ConfigMigration {"
                                + " public Map<String, Fix> migrate(ConfigId id, Map<String, Object> values, String from)"
                                + " { return Map.of(\"old\", Fix.rename(\"new\")); } }")
                .content();
        running.stage("sink.jar", jar);
        running.apply();

        List<PluginVersion> versions = running.installer.versions(Set.of(jar.digest()));

        assertThat(versions).singleElement().satisfies(version -> {
            assertThat(version.pid()).isEqualTo("snakepipe.sink.probe");
            assertThat(version.version()).isEqualTo("2.1.0");
            assertThat(version.migrations()
                            .get(0)
                            .call()
                            .migrate(ConfigId.parse("snakepipe.sink.probe~a"), Map.of(), "1"))
                    .containsEntry("old", Fix.rename("new"));
        });
        assertThat(running.installer.versions(Set.of())).isEmpty();
    }

    @Test
    void choosesTheHigherVersionOfTwo() throws Exception {
        running.stage("new.jar", plugin("1.10.0").content());
        running.stage("old.jar", plugin("1.9.0").content());

        running.apply();

        assertThat(states()).containsExactly("1.10.0 ACTIVE");
        assertThat(info("old.jar").state()).isEqualTo(State.WAITING);
        assertThat(info("old.jar").reason()).isEqualTo("deploy/new.jar is the newer p.sink 1.10.0; remove one of them");
    }

    @Test
    void installsOneContentOnce() throws Exception {
        FileContent jar = plugin("1.0.0").content();
        running.installer.stage("b.jar", jar);
        running.stage("a.jar", jar);

        running.apply();

        assertThat(running.plugins()).hasSize(1);
        assertThat(info("a.jar").reason()).isEmpty();
        assertThat(info("b.jar").state()).isEqualTo(State.ACTIVE);
        assertThat(info("b.jar").reason()).isEqualTo("has the same content as deploy/a.jar");
    }

    @Test
    void rejectsWhatTheFrameworkRefuses() throws Exception {
        running.stage(
                "odd.jar",
                JarBuilder.bundle("odd", "1").header("Import-Package", "a,a").content());

        assertThatThrownBy(running::prepare).hasMessageStartingWith("deploy/odd.jar: is refused by the framework: ");
        assertThat(running.plugins()).isEmpty();
    }

    @Test
    void installsAgainFromStagedCopiesAfterARestart() throws Exception {
        FileContent jar = plugin("1.0.0").content();
        running.stage("sink.jar", jar);
        running.apply();
        running.close();
        running = new RunningFramework(directory);

        PluginChange change = running.installer.prepare(Map.of(jar.digest(), "sink.jar"));
        RunningFramework.start(change);
        change.commit();

        assertThat(states()).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void rejectsADigestThatNobodyStaged() {
        assertThatThrownBy(() -> running.installer.prepare(Map.of("abc", "x.jar")))
                .isInstanceOf(PluginRejected.class)
                .hasMessageStartingWith("deploy/x.jar: is needed with the content abc, and there is no copy at ");
    }

    @Test
    void deletesCopiesThatNeitherThisNorThePreviousChangeUses() throws Exception {
        FileContent first = plugin("1.0.0").content();
        running.stage("sink.jar", first);
        running.apply();
        running.stage("sink.jar", plugin("1.1.0").content());
        running.apply();
        assertThat(copy(first)).exists();
        running.stage("sink.jar", plugin("1.2.0").content());

        running.apply();

        assertThat(copy(first)).doesNotExist();
        try (Stream<Path> copies = Files.list(directory.resolve("data/plugins"))) {
            assertThat(copies).hasSize(2);
        }
    }

    @Test
    void tellsWhatItStaged() throws Exception {
        FileContent jar = plugin("1.0.0").content();

        PluginInfo before = running.installer.stage("sink.jar", jar);

        assertThat(before.state()).isEqualTo(State.WAITING);
        assertThat(before.reason()).isEqualTo("is checked and not in use yet");
        running.stage("sink.jar", jar);
        running.apply();
        assertThat(running.installer.stage("sink.jar", jar).state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void remembersRejectionsUntilTheFileIsGone() throws Exception {
        running.installer.rejected("bad.jar", "abc", "is no jar");
        assertThat(info("bad.jar").reason()).isEqualTo("is no jar");

        running.installer.retain(Set.of());

        assertThat(running.list.list()).isEmpty();
    }

    @Test
    void keepsTheCopyOfAJarThatWasRejectedForItMayBeTriedAgain() throws Exception {
        FileContent lonely =
                JarBuilder.plugin("p.lonely", "1", "sink", "lonely").content();
        running.installer.stage("lonely.jar", lonely);
        running.installer.rejected("lonely.jar", lonely.digest(), "lacks something");
        for (String version : List.of("1", "2", "3")) {
            running.stage(
                    "p.jar", JarBuilder.plugin("p.sink", version, "sink", "s").content());
            running.apply();
        }

        PluginInfo again = running.installer.stage("lonely.jar", new FileContent(new byte[0], lonely.digest()));

        assertThat(again.symbolicName()).isEqualTo("p.lonely");
    }

    @Test
    void takesItsHookBack() {
        running.installer.close();

        assertThat(running.framework.getRegisteredServices())
                .extracting(reference -> ((String[]) reference.getProperty("objectClass"))[0])
                .doesNotContain("org.osgi.framework.hooks.resolver.ResolverHookFactory");
    }

    private Path copy(FileContent content) {
        return directory.resolve("data/plugins").resolve(content.digest() + ".jar");
    }
}
