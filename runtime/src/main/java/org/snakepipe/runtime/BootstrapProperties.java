// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.Constants;
import org.snakepipe.control.House;

/** What the framework and the third-party bundles are told before anything is configured: one table. */
final class BootstrapProperties {
    /** The start level at which everything runs. */
    static final int RUNNING = 5;

    /** The start level at which the first generation is made. */
    static final int CONFIGURED = 2;

    private BootstrapProperties() {}

    /**
     * The table.
     *
     * @param options      where to work
     * @param installation where the distribution lies
     * @param version      of the product
     * @param terminal     whether standard output is a terminal
     * @return property to value
     */
    static Map<String, String> of(Options options, Path installation, String version, boolean terminal) {
        Map<String, String> table = new LinkedHashMap<>();
        table.put(House.INSTALLATION, installation.toString());
        table.put(House.HOME, options.home().toString());
        table.put(House.CONFIG, options.config().toString());
        table.put(House.DEPLOY, options.deploy().toString());
        table.put(House.DATA, options.data().toString());
        table.put(House.ENVIRONMENT, options.environment());
        table.put(House.VERSION, version);
        table.put(House.TERMINAL, Boolean.toString(terminal));

        // Files and jars on the disk are the only truth: nothing survives in the framework's cache.
        table.put(Constants.FRAMEWORK_STORAGE, options.data().resolve("framework").toString());
        table.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        table.put("felix.cm.pm", "memory");
        // A new plugin is resolved beside the old one, which has the same symbolic name.
        table.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        // The launcher waits for the first generation between these two.
        table.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(CONFIGURED));
        table.put(House.RUNNING_LEVEL, Integer.toString(RUNNING));
        // The launcher stops the framework itself, in order.
        table.put("felix.shutdown.hook", "false");

        // A component that hangs must not hold up everybody else for the default of five seconds and more.
        table.put("ds.lock.timeout.milliseconds", "500");
        table.put("ds.service.changecount.timeout", "50");
        table.put("ds.loglevel", "warn");

        // Left alone, FileInstall watches ./load with handlers of its own; ours are made by the watch room.
        table.put("felix.fileinstall.dir", options.data().resolve("idle").toString());
        table.put("felix.fileinstall.noInitialDelay", "true");
        table.put("felix.fileinstall.poll", "3600000");
        table.put("felix.fileinstall.active.level", Integer.toString(Integer.MAX_VALUE));
        table.put("felix.fileinstall.enableConfigSave", "false");

        // The shell of Gogo's own activator would take the terminal; ours is reached over the socket.
        table.put("gosh.args", "--nointeractive --noshutdown --nohistory");
        table.put("gosh.home", installation.toString());

        table.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
        table.put(
                "org.ops4j.pax.logging.StaticLogbackFile",
                installation.resolve("etc").resolve("logback.xml").toString());
        return table;
    }
}
