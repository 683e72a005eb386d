// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import org.snakepipe.plugins.testing.JarBuilder;

/** Bundles that tell the probe what happens to them. */
final class ProbePlugins {
    static final String IMPORTS = "org.osgi.framework,org.snakepipe.plugins.testing";

    private ProbePlugins() {}

    /** A plugin that says when it starts and stops. */
    static JarBuilder plugin(String version) {
        String stop = "Probe.SAID.add(\"stop " + version + "\");";
        String start = "Probe.SAID.add(\"start " + version + "\");";
        return activated(version, activator("p.sink", start, stop));
    }

    static JarBuilder starting(String version, String start) {
        return activated(version, activator("p.sink", start, ""));
    }

    static JarBuilder activated(String version, String source) {
        return JarBuilder.plugin("p.sink", version, "sink", "probe")
                .header("Import-Package", IMPORTS)
                .header("Bundle-Activator", "p.sink.Start")
                .classes("p.sink.Start", source);
    }

    static String activator(String packageName, String start, String stop) {
        return "package " + packageName + "; import org.osgi.framework.*; import org.snakepipe.plugins.testing.Probe;"
                + " public class Start implements BundleActivator {"
                + " public void start(BundleContext context) { " + start + " }"
                + " public void stop(BundleContext context) { " + stop + " } }";
    }

    /** A plugin that says on start what its library says. */
    static JarBuilder importer() {
        String start = "try { Probe.SAID.add(\"start \" + getClass().getClassLoader().loadClass(\"p.lib.Lib\")"
                + ".getMethod(\"text\").invoke(null)); }"
                + " catch (ReflectiveOperationException e) { throw new IllegalStateException(e); }";
        return starting("1.0.0", start).header("Import-Package", IMPORTS + ",p.lib");
    }

    static JarBuilder library(String version, String text) {
        return JarBuilder.bundle("p.lib", version).library("p.lib", version, text);
    }

    /** As bnd builds it: what exports a package imports it too. */
    static JarBuilder exporter(String text) {
        return JarBuilder.plugin("p.sink", "1.0.0", "sink", "probe")
                .library("p.lib", "1.0.0", text)
                .header("Import-Package", "p.lib");
    }
}
