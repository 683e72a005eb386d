// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginAnalysis.Verdict;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.plugins.testing.JarBuilder;

class WhatIfTest extends InFramework {
    @Test
    void offersWhatIsMissingFromADirectory() throws Exception {
        running.ship(
                        "file:/old.jar",
                        JarBuilder.bundle("old", "1")
                                .library("p.lib", "1.9", "old")
                                .content())
                .start();
        Path jar = put("in", "p.jar", needs("p", "p.lib;version=\"[2,3)\""));
        Path bad = put("more", "a.jar", JarBuilder.bundle("a", "1").library("p.lib", "3.0", "too new"));
        Path good = put("more", "z.jar", JarBuilder.bundle("z", "1").library("p.lib", "2.1", "right"));

        PluginAnalysis alone = analyse(jar, jar.getParent());
        PluginAnalysis with = analyse(jar, jar.getParent(), good.getParent());

        assertThat(alone.verdict()).isEqualTo(Verdict.UNFIT);
        assertThat(alone.reasons())
                .containsExactly(jar + " needs package p.lib [2.0.0,3.0.0); 1.9.0 is exported by old 1.0.0");
        assertThat(with.verdict()).isEqualTo(Verdict.FITS_WITH);
        assertThat(with.missing()).extracting(PluginInfo::file).containsExactly(good.toString());
        assertThat(with.reasons())
                .containsExactly(
                        jar + " needs package p.lib [2.0.0,3.0.0); 1.9.0 is exported by old 1.0.0; 3.0.0 is in " + bad
                                + "; 2.1.0 would come with " + good);
        assertThat(running.plugins()).isEmpty();
    }

    @Test
    void ofTwoVersionsTheHigherOneThatResolvesIsTakenAlong() throws Exception {
        Path jar = put("in", "p.jar", needs("p", "p.lib;version=\"[1,3)\""));
        Path low = put("more", "lib-1.jar", JarBuilder.bundle("lib", "1").library("p.lib", "1.0", "one"));
        Path high = put("more", "lib-2.jar", JarBuilder.bundle("lib", "2").library("p.lib", "2.0", "two"));

        assertThat(analyse(jar, high.getParent()).missing())
                .extracting(PluginInfo::file)
                .containsExactly(high.toString());

        put(
                "more",
                "lib-2.jar",
                JarBuilder.bundle("lib", "2").header("Import-Package", "none").library("p.lib", "2.0", "x"));
        assertThat(analyse(jar, high.getParent()).missing())
                .extracting(PluginInfo::file)
                .containsExactly(low.toString());
    }

    @Test
    void ofTwinsOneIsTakenAlong() throws Exception {
        Path jar = put("in", "p.jar", needs("p", "p.lib,q.lib"));
        JarBuilder twin = JarBuilder.bundle("lib", "1")
                .library("p.lib", "1.0", "one")
                .library("q.lib", "1.0", "one")
                .header("Export-Package", "p.lib,q.lib");
        Path same = put("a", "lib.jar", twin);
        put("b", "lib.jar", twin);
        Path other = put("c", "lib.jar", twin.entry("x", "other bytes"));
        Path[] all = {same.getParent(), directory.resolve("b"), other.getParent()};
        Path[] turned = {other.getParent(), directory.resolve("b"), same.getParent()};

        assertThat(analyse(jar, all).verdict()).isEqualTo(Verdict.FITS_WITH);
        assertThat(analyse(jar, all).missing())
                .hasSize(1)
                .isEqualTo(analyse(jar, turned).missing());
    }

    @Test
    void goesDownTheChain() throws Exception {
        Path jar = put("in", "p.jar", needs("p", "p.one"));
        Path one = put(
                "in",
                "one.jar",
                JarBuilder.bundle("one", "1").header("Import-Package", "p.two").library("p.one", "1", "x"));

        PluginAnalysis analysis = analyse(jar, jar.getParent());

        assertThat(analysis.verdict()).isEqualTo(Verdict.UNFIT);
        assertThat(analysis.reasons())
                .containsExactly(jar + " needs " + one + ", and " + one + " needs package p.two; nobody has it");
    }

    @Test
    void saysTheSameAsTheFrameworkDoes() throws Exception {
        running.ship(
                        "file:/lib.jar",
                        JarBuilder.bundle("lib", "1")
                                .header("Provide-Capability", "x;x=y;version:Version=10,z;z:List<String>=\"a,b\"")
                                .header("Export-Package", "q;version=10;who=me;mandatory:=who")
                                .content())
                .start();
        List<JarBuilder> jars = Stream.of(
                        "Require-Capability|x;filter:=\"(&(x=y)(version>=9))\"",
                        "Require-Capability|x;filter:=\"(version>=11)\"",
                        "Require-Capability|z;filter:=\"(z=b)\"",
                        "Require-Capability|z;filter:=\"(z=c)\"",
                        "Require-Capability|none;resolution:=optional",
                        "Require-Capability|none;effective:=active",
                        "Require-Capability|osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=1.8))\"",
                        "Require-Capability|osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"",
                        "Bundle-RequiredExecutionEnvironment|JavaSE-11,J2SE-1.4",
                        "Bundle-RequiredExecutionEnvironment|JavaSE-99",
                        "Require-Bundle|lib;bundle-version=\"[1,2)\"",
                        "Require-Bundle|lib;bundle-version=\"[2,3)\"",
                        "Import-Package|q;version=9;who=me",
                        "Import-Package|q;version=9",
                        "Import-Package|q;version=9;who=you",
                        "Import-Package|q;version=11;who=me",
                        "Import-Package|org.osgi.framework;version=\"[1.9,2)\"",
                        "DynamicImport-Package|nobody.*")
                .map(header -> header.split("[|]"))
                .map(header -> JarBuilder.bundle("b", "1").header(header[0], header[1]))
                .toList();
        int fit = 0;
        for (int i = 0; i < jars.size(); i++) {
            Path jar = put("in", i + ".jar", jars.get(i));
            Bundle bundle = running.ship("file:/" + i, jars.get(i).content());
            boolean really = running.store.bundles().wiring().resolveBundles(List.of(bundle));
            bundle.uninstall();

            assertThat(analyse(jar).verdict() == Verdict.FITS).as("jar %s", i).isEqualTo(really);
            fit += really ? 1 : 0;
        }
        assertThat(fit).isEqualTo(10);
    }

    @Test
    void showsWhoWouldBeWiredAnew() throws Exception {
        running.stage(
                "lib.jar",
                JarBuilder.plugin("lib", "1", "sink", "l")
                        .library("p.lib", "1.0", "one")
                        .content());
        running.stage("user.jar", needs("user", "p.lib;version=\"[1,2)\"").content());
        running.apply();
        Path fits = put(
                "in",
                "lib-1.1.jar",
                JarBuilder.plugin("lib", "1.1", "sink", "l").library("p.lib", "1.1", "two"));
        Path breaks = put(
                "in", "lib-2.jar", JarBuilder.plugin("lib", "2", "sink", "l").library("p.lib", "2.0", "two"));

        PluginAnalysis good = analyse(fits);
        PluginAnalysis bad = analyse(breaks);

        assertThat(good.verdict()).isEqualTo(Verdict.FITS);
        assertThat(good.replaced()).containsExactly("lib 1.0.0");
        assertThat(good.rewired()).containsExactly("user 1.0.0");
        assertThat(bad.verdict()).isEqualTo(Verdict.UNFIT);
        assertThat(bad.reasons())
                .containsExactly("user 1.0.0 needs package p.lib [1.0.0,2.0.0); 2.0.0 is in " + breaks);
        assertThat(running.plugins()).extracting(Bundle::getState).containsOnly(Bundle.ACTIVE);
    }

    @Test
    void refusesToRewireTheProduct() throws Exception {
        running.stage(
                "lib.jar",
                JarBuilder.plugin("lib", "1", "sink", "l")
                        .library("p.lib", "1.0", "one")
                        .content());
        running.apply();
        running.shipImporter("p.lib");

        PluginAnalysis analysis = analyse(
                put("in", "l.jar", JarBuilder.plugin("lib", "1.1", "sink", "l").library("p.lib", "1.1", "two")));

        assertThat(analysis.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(analysis.reasons()).singleElement().asString().contains("ours 1.0.0, which is part of it");
    }

    @Test
    void analysesSeveralJarsAsOneSet() throws Exception {
        Path one = put(
                "in",
                "one.jar",
                JarBuilder.bundle("one", "1").header("Import-Package", "p.two").library("p.one", "1", "1"));
        Path two = put(
                "in",
                "two.jar",
                JarBuilder.bundle("two", "1").header("Import-Package", "p.one").library("p.two", "1", "2"));

        PluginAnalysis both =
                running.service.analyse(List.of(one, two), List.of()).get(60, TimeUnit.SECONDS);

        assertThat(analyse(one).verdict()).isEqualTo(Verdict.UNFIT);
        assertThat(both.verdict()).isEqualTo(Verdict.FITS);
    }

    @Test
    void saysWhichDirectoryCannotBeLookedInto() throws Exception {
        Path jar = put("in", "p.jar", needs("p", "p.one"));
        Path none = directory.resolve("none");

        PluginAnalysis analysis = analyse(jar, none);

        assertThat(analysis.reasons())
                .hasSize(2)
                .anyMatch(reason -> reason.startsWith(none + " is no directory that can be listed"));
    }

    @Test
    void anOlderVersionReplacesNobody() throws Exception {
        running.stage("p-2.jar", JarBuilder.plugin("p", "2", "sink", "p").content());
        running.apply();

        PluginAnalysis analysis = analyse(put("in", "p-1.jar", JarBuilder.plugin("p", "1", "sink", "p")));

        assertThat(analysis.replaced()).isEmpty();
        assertThat(analysis.reasons())
                .containsExactly(directory.resolve("in/p-1.jar")
                        + " would wait: deploy/p-2.jar is the newer p 2.0.0; remove one of them");
    }

    @Test
    void anotherPluginOfTheSameNameWaits() throws Exception {
        running.stage("a.jar", JarBuilder.plugin("a", "1", "sink", "same").content());
        running.apply();

        PluginAnalysis analysis = analyse(put("in", "b.jar", JarBuilder.plugin("b", "1", "sink", "same")));

        assertThat(analysis.reasons())
                .containsExactly(directory.resolve("in/b.jar")
                        + " would wait: deploy/a.jar provides 'sink same' too; give one of them another name");
    }

    @Test
    void aLibraryOfTheSameFileNameIsReplaced() throws Exception {
        running.stage(
                "lib.jar",
                JarBuilder.bundle("lib", "1").library("p.lib", "1.0", "one").content());
        running.stage("user.jar", needs("user", "p.lib;version=\"[1,2)\"").content());
        running.apply();

        PluginAnalysis analysis =
                analyse(put("in", "lib.jar", JarBuilder.bundle("lib", "2").library("p.lib", "2.0", "two")));

        assertThat(analysis.replaced()).containsExactly("lib 1.0.0");
        assertThat(analysis.rewired()).containsExactly("user 1.0.0");
        assertThat(analysis.verdict()).isEqualTo(Verdict.UNFIT);
    }

    @Test
    void saysWhyAJarIsNoBundle() throws Exception {
        Path jar = Files.write(directory.resolve("x.jar"), new byte[] {1, 2, 3});

        PluginAnalysis analysis = analyse(jar);

        assertThat(analysis.verdict()).isEqualTo(Verdict.UNFIT);
        assertThat(analysis.reasons()).singleElement().asString().startsWith(jar + " is no jar");
    }

    private PluginAnalysis analyse(Path jar, Path... directories) throws Exception {
        return running.service.analyse(List.of(jar), List.of(directories)).get(60, TimeUnit.SECONDS);
    }

    private Path put(String folder, String name, JarBuilder jar) throws Exception {
        Path place = Files.createDirectories(directory.resolve(folder)).resolve(name);
        return Files.write(place, jar.bytes());
    }

    private static JarBuilder needs(String name, String imports) {
        return JarBuilder.plugin(name, "1", "sink", name).header("Import-Package", imports);
    }
}
