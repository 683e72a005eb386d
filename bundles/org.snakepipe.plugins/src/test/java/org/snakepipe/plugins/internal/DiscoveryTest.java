// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.plugins.testing.JarBuilder;

class DiscoveryTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    @Test
    void tellsPluginsLibrariesAndTheRestApart() throws Exception {
        put(
                "p.jar",
                JarBuilder.plugin("p", "1.2", "sink", "p")
                        .header("Import-Package", "p.lib;version=\"[1,2)\",java.util,o;resolution:=optional,own")
                        .header("Export-Package", "own")
                        .header("Require-Bundle", "b;bundle-version=3")
                        .header(
                                "Require-Capability",
                                "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\","
                                        + "osgi.service;effective:=active")
                        .bytes());
        put("l.jar", JarBuilder.bundle("l", "1").library("p.lib", "1.5", "x").bytes());
        put("r.jar", "PK, but not really".getBytes("UTF-8"));
        put("notes.txt", new byte[0]);

        List<PluginInfo> found = discover(directory);

        assertThat(found).extracting(PluginInfo::kind).containsExactly(Kind.LIBRARY, Kind.PLUGIN, Kind.REJECTED);
        PluginInfo plugin = found.get(1);
        assertThat(plugin.file()).isEqualTo(directory.resolve("p.jar").toString());
        assertThat(plugin.state()).isEqualTo(State.AVAILABLE);
        assertThat(plugin.digest())
                .isEqualTo(JarBuilder.content(Files.readAllBytes(directory.resolve("p.jar")))
                        .digest());
        assertThat(plugin.provides()).containsExactly("sink p");
        assertThat(plugin.requirements()).containsExactly("package p.lib [1,2)", "bundle b 3", "Java 17");
        assertThat(found.get(2).reason()).startsWith("is no jar: it begins with 'PK, '");
    }

    @Test
    void looksThroughHundredsOfDirectories() throws Exception {
        List<Path> directories = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Path one = Files.createDirectory(directory.resolve("d" + i));
            Files.write(
                    one.resolve("p.jar"),
                    JarBuilder.plugin("p" + i, "1", "sink", "p" + i).bytes());
            directories.add(one);
        }

        List<PluginInfo> found =
                discovery().discover(directories).stream().map(FoundJar::info).toList();

        assertThat(found).hasSize(300).allMatch(info -> info.kind() == Kind.PLUGIN);
        assertThat(found).extracting(PluginInfo::symbolicName).doesNotHaveDuplicates();
    }

    @Test
    void rejectsWhatWouldFillTheDiskOrLeaveItsDirectory() throws Exception {
        put(
                "climbs.jar",
                JarBuilder.plugin("c", "1", "sink", "c")
                        .entry("../../c.txt", "x")
                        .bytes());
        put(
                "bomb.jar",
                JarBuilder.plugin("b", "1", "sink", "b")
                        .entry("zeros", new byte[32 << 20])
                        .bytes());
        byte[] half =
                JarBuilder.plugin("h", "1", "sink", "h").entry("x", "some text").bytes();
        put("half.jar", Arrays.copyOf(half, half.length / 2));
        put("empty.jar", new byte[0]);
        Files.createDirectory(directory.resolve("directory.jar"));

        assertThat(discover(directory))
                .allMatch(info -> info.kind() == Kind.REJECTED)
                .extracting(info -> info.reason().replaceAll("[0-9]+", "N").replaceAll(" \\(.*", ""))
                .containsExactly(
                        "grows from N to N bytes when unpacked",
                        "has an entry called '../../c.txt'",
                        "is no file: only plugins and libraries may be called *.jar",
                        "is empty",
                        "is only part of a jar, or damaged");
        try (java.util.stream.Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).hasSize(5);
        }
    }

    @Test
    void saysWhatIsThereMoreThanOnceAndWhichWouldBeUsed() throws Exception {
        byte[] old = JarBuilder.plugin("p", "1.9", "sink", "p").bytes();
        put("a.jar", old);
        put("b.jar", old);
        put("c.jar", JarBuilder.plugin("p", "1.10", "sink", "p").bytes());
        put("d.jar", JarBuilder.plugin("p", "1.10", "sink", "p").entry("x", "y").bytes());
        put("l1.jar", JarBuilder.bundle("l", "1").bytes());
        put("l2.jar", JarBuilder.bundle("l", "2").bytes());
        put("q.jar", JarBuilder.plugin("q", "1", "sink", "q").bytes());

        Path d = directory.resolve("d.jar");
        assertThat(discover(directory))
                .allMatch(info -> info.state() == State.AVAILABLE)
                .extracting(PluginInfo::reason)
                .containsExactly(
                        d + " is the newer p 1.10.0, and would be used in its place; register one of them",
                        "has the same content as " + directory.resolve("a.jar") + "; one of them is enough",
                        d + " is also p 1.10.0, and would be used in its place; register one of them",
                        "",
                        "",
                        "",
                        "");
    }

    @Test
    void saysWhichDirectoryCannotBeListed() throws Exception {
        Path none = directory.resolve("none");

        assertThat(discover(none)).singleElement().satisfies(info -> {
            assertThat(info.file()).isEqualTo(none.toString());
            assertThat(info.reason()).startsWith("is no directory that can be listed");
        });
    }

    @Test
    void readsNothingAgainThatIsAsItWas() throws Exception {
        Path jar = put(
                "p.jar",
                JarBuilder.plugin("p", "1", "sink", "p")
                        .header("Import-Package", "x")
                        .bytes());
        age(jar);
        List<FoundJar> first = discovery().discover(List.of(directory));
        // Other bytes that nobody can tell from the outside: who reads the file would see them.
        Files.write(jar, new byte[(int) Files.size(jar)]);
        age(jar);

        assertThat(discovery().discover(List.of(directory))).isEqualTo(first);
    }

    @Test
    void readsAgainWhatHasAnotherStamp() throws Exception {
        Path jar = put("p.jar", JarBuilder.plugin("p", "1", "sink", "p").bytes());
        age(jar);
        discover(directory);
        put("p.jar", JarBuilder.plugin("p", "2", "sink", "p").bytes());

        assertThat(discover(directory)).extracting(PluginInfo::version).containsExactly("2.0.0");
    }

    @Test
    void remembersNothingOfAFileThatMayHaveBeenWrittenJustNow() throws Exception {
        Path jar = put("p.jar", JarBuilder.plugin("p", "1", "sink", "p").bytes());
        FileTime now = Files.getLastModifiedTime(jar);
        discover(directory);
        byte[] other = JarBuilder.plugin("p", "3", "sink", "p").bytes();
        Files.write(jar, other);
        Files.setLastModifiedTime(jar, now);

        assertThat(discover(directory)).extracting(PluginInfo::version).containsExactly("3.0.0");
    }

    @Test
    void doesWithoutAnIndexThatIsDamagedOrOfAnotherVersion() throws Exception {
        Path jar = put("p.jar", JarBuilder.plugin("p", "1", "sink", "p").bytes());
        age(jar);
        List<FoundJar> found = discovery().discover(List.of(directory));
        byte[] good = Files.readAllBytes(index());
        for (int at = 0; at < good.length; at += 7) {
            byte[] bad = good.clone();
            bad[at] ^= 0x55;
            Files.write(index(), bad);
            assertThat(discovery().discover(List.of(directory)))
                    .as("damaged at %s", at)
                    .isEqualTo(found);
        }
        Files.write(index(), Arrays.copyOf(good, good.length / 2));
        assertThat(discovery().discover(List.of(directory))).isEqualTo(found);
        Files.write(index(), good);
        Files.write(jar, new byte[(int) Files.size(jar)]);
        age(jar);

        assertThat(new Discovery(index(), "2", 17).discover(List.of(directory)))
                .extracting(one -> one.info().kind())
                .containsExactly(Kind.REJECTED);
    }

    private List<PluginInfo> discover(Path... directories) throws InterruptedException {
        return discovery().discover(List.of(directories)).stream()
                .map(FoundJar::info)
                .toList();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatANameIsNoText() throws Exception {
        Path jar = Files.write(
                directory.resolve("a.jar"), JarBuilder.bundle("a", "1").bytes());
        int exit = new ProcessBuilder("sh", "-c", "mv \"$0\" \"$(printf 'a\\377.jar')\"", jar.toString())
                .directory(directory.toFile())
                .start()
                .waitFor();
        assertThat(exit).isZero();

        FoundJar found = discovery().discover(List.of(directory)).get(0);

        assertThat(found.isUsable()).isFalse();
        assertThat(found.info().reason()).startsWith("is not read: its name is not in the encoding");
    }

    private Discovery discovery() {
        return new Discovery(index(), "1", 17);
    }

    private Path index() {
        return directory.resolve("data").resolve("discovered.index");
    }

    private Path put(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static void age(Path jar) throws IOException {
        Files.setLastModifiedTime(jar, LONG_AGO);
    }
}
