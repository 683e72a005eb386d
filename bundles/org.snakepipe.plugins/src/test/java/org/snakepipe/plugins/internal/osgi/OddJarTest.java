// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.snakepipe.control.PluginAnalysis;
import org.snakepipe.control.PluginAnalysis.Verdict;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.plugins.testing.JarBuilder;

/** Manifests as nobody should write them: analysis says what the framework would say, and others are not affected. */
class OddJarTest extends InFramework {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Import-Package|q;version=\"[1,2\"",
                "Import-Package|q;version=abc",
                "Import-Package|q,q",
                "Import-Package|java.util",
                "Import-Package|q;resolution:=optional;version=x",
                "Import-Package|.",
                "Import-Package|q;a=\"(\"",
                "Import-Package|org.osgi.framework;a=1;a=2",
                "Export-Package|q;version=abc",
                "Export-Package|java.q",
                "Export-Package|q;bundle-version=1",
                "Export-Package|q,q;version=2",
                "Export-Package|q;a:List<=x",
                "Export-Package|q;a:List<Foo>=x",
                "Export-Package|q;a:Foo=x",
                "Export-Package|q;a:Long=x",
                "Export-Package|q;version:Version=\"1,2\"",
                "Provide-Capability|x;a:List<=x",
                "Provide-Capability|x;a:List<Foo>=x",
                "Provide-Capability|x;a:Long=ten",
                "Provide-Capability|osgi.wiring.package;osgi.wiring.package=q",
                "Provide-Capability|osgi.identity;osgi.identity=q",
                "Provide-Capability|x;uses:=\"a,b\"",
                "Require-Capability|x;filter:=\"(x=\"",
                "Require-Capability|x;filter:=\"nonsense\";resolution:=optional",
                "Require-Capability|x;filter:=\"\"",
                "Require-Capability|osgi.wiring.package;filter:=\"(osgi.wiring.package=org.osgi.framework)\"",
                "Require-Capability|osgi.ee;filter:=\"(osgi.ee=JavaSE)\"",
                "Require-Bundle|q;bundle-version=\"(\"",
                "Require-Bundle|system.bundle",
                "Bundle-RequiredExecutionEnvironment|nonsense",
                "Bundle-RequiredExecutionEnvironment|JavaSE-x",
                "Bundle-RequiredExecutionEnvironment|OSGi/Minimum-1.2",
                "Bundle-RequiredExecutionEnvironment|CDC-1.1/Foundation-1.1",
                "Bundle-ClassPath|lib/none.jar",
                "Bundle-Version|1.2.3.a b",
                "Bundle-Version|1.2.3-SNAPSHOT",
                "Provide-Capability|x;a=1;a=2",
                "Provide-Capability|x;a=1;a:Long=1",
                "Provide-Capability|x;uses:=q;uses:=q",
                "Provide-Capability|x;a=1;a:=2",
                "Provide-Capability|x,",
                "Provide-Capability|osgi.ee;osgi.ee=JavaSE;version:Version=99",
                "Provide-Capability|osgi.native;osgi.native.osname=win",
                "Export-Package|q;version=1;version=1",
                "Export-Package|q,",
                "Export-Package|q;",
                "Export-Package|.",
                "Import-Package|org.osgi.framework,",
                "Import-Package|org.osgi.framework;version=1;specification-version=2",
                "Require-Capability|osgi.ee;filter:=\"(osgi.ee=JavaSE)\";filter:=\"(osgi.ee=JavaSE)\"",
                "Require-Capability|osgi.ee;filter:=\"(osgi.ee=JavaSE)\";a:Long=x",
                "Require-Bundle|org.apache.felix.framework;bundle-version=1;bundle-version=1",
                "DynamicImport-Package|a*",
                "DynamicImport-Package|a.*;version=1;version=1",
                "DynamicImport-Package|a.*,*",
                "DynamicImport-Package|a.*;version=x",
                "Bundle-ActivationPolicy|lazy;include:=a;include:=a",
                "Bundle-NativeCode|x.so",
                "Bundle-NativeCode|none.so",
                "Bundle-NativeCode|x.so;osname=linux",
                "Bundle-NativeCode|x.so;osname=Linux;processor=x86-64;processor=amd64;processor=aarch64",
                "Bundle-NativeCode|x.so;osname=win32",
                "Bundle-NativeCode|x.so;osname=win32,*",
                "Bundle-NativeCode|x.so;osname=win32,y.so;osname=linux",
                "Bundle-NativeCode|x.so;osname=win32,y.so",
                "Bundle-NativeCode|x.so;osname=win32;osname=linux",
                "Bundle-NativeCode|x.so;osversion=\"[0,99)\"",
                "Bundle-NativeCode|x.so;osversion=\"[98,99)\"",
                "Bundle-NativeCode|x.so;osversion=1",
                "Bundle-NativeCode|x.so;language=xx",
                "Bundle-NativeCode|x.so;selection-filter=\"(org.osgi.framework.os.name=*)\"",
                "Bundle-NativeCode|x.so;selection-filter=\"(no.such=1)\"",
                "Bundle-NativeCode|x.so;selection-filter=\"(no.such=\"",
                "Bundle-NativeCode|osname=linux",
                "Bundle-NativeCode|x.so;osname=",
                "Bundle-NativeCode|x.so;a=b",
                "Bundle-NativeCode|x.so; ;osname=linux",
                "Bundle-NativeCode|*",
                "Bundle-SymbolicName|b c",
                "Bundle-SymbolicName|b..c",
                "Bundle-SymbolicName|b(c)*",
                "Bundle-SymbolicName|\u00e4",
                "Bundle-SymbolicName|\"b c\"",
                "Bundle-SymbolicName|b;c",
                "Bundle-SymbolicName|b,c",
                "Bundle-SymbolicName|b;singleton:=true;singleton:=true",
                "Bundle-SymbolicName|b;singleton:=maybe",
                "Bundle-SymbolicName|b;singleton:=true;a=b",
                "Bundle-Activator|none.Such",
                "DynamicImport-Package|",
                "Bundle-ActivationPolicy|lazy;include:=\"(\""
            })
    void saysTheSameAsTheFramework(String header) throws Exception {
        int bar = header.indexOf('|');
        JarBuilder odd = JarBuilder.bundle("b", "1")
                .header(header.substring(0, bar), header.substring(bar + 1))
                .entry("x.so", "x")
                .entry("y.so", "y");
        Path jar = put("in", "odd.jar", odd);
        Path good = put("good", "good.jar", JarBuilder.plugin("good", "1", "sink", "good"));
        Path lacks = put(
                "good", "lacks.jar", JarBuilder.plugin("l", "1", "sink", "l").header("Import-Package", "nobody"));
        boolean really = resolves(odd);

        Verdict alone = analyse(jar).verdict();
        Verdict beside = analyse(good, jar.getParent()).verdict();
        PluginAnalysis offered = analyse(lacks, jar.getParent());

        assertThat(beside).isEqualTo(Verdict.FITS);
        assertThat(offered.verdict()).isEqualTo(Verdict.UNFIT);
        assertThat(offered.reasons()).containsExactly(lacks + " needs package nobody; nobody has it");
        assertThat(alone == Verdict.FITS).as(header).isEqualTo(really);
        if (refused) {
            assertThat(analyse(jar).reasons())
                    .singleElement()
                    .asString()
                    .as("the header that the framework refuses")
                    .contains(header.substring(0, bar));
        }
        try {
            running.stage("odd.jar", odd.content());
        } catch (PluginRejected e) {
            assertThat(really).isFalse();
        }
    }

    /** Whether the framework does not even install it. */
    private boolean refused;

    private boolean resolves(JarBuilder jar) throws Exception {
        try {
            Bundle bundle = running.ship("file:/odd", jar.content());
            boolean really = running.store.bundles().wiring().resolveBundles(List.of(bundle));
            bundle.uninstall();
            return really;
        } catch (BundleException e) {
            refused = true;
            return false;
        }
    }

    private PluginAnalysis analyse(Path jar, Path... directories) throws Exception {
        return running.service.analyse(List.of(jar), List.of(directories)).get(60, TimeUnit.SECONDS);
    }

    private Path put(String folder, String name, JarBuilder jar) throws Exception {
        Path place = Files.createDirectories(directory.resolve(folder)).resolve(name);
        return Files.write(place, jar.bytes());
    }
}
