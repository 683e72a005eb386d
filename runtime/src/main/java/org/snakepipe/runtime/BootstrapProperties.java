// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.snakepipe.control.House;

/** The framework properties: what has to be known before there is any configuration. One table, nowhere else. */
public final class BootstrapProperties {
    private BootstrapProperties() {}

    /**
     * The table.
     *
     * @param directories where everything is
     * @param environment name of the environment
     * @param version     version of the product
     * @param terminal    whether a person watches standard output on a terminal
     * @param once        the one pipeline that is run, to its end; empty for all, for ever
     * @return name to value, sorted by name
     */
    public static Map<String, String> of(
            Directories directories, String environment, String version, boolean terminal, Optional<String> once) {
        Map<String, String> table = new TreeMap<>();
        house(table, directories, environment, version);
        table.put(House.TERMINAL, Boolean.toString(terminal));
        once.ifPresent(pipeline -> table.put(House.ONCE, pipeline));
        framework(table, directories);
        services(table, directories);
        return table;
    }

    private static void house(Map<String, String> table, Directories directories, String environment, String version) {
        table.put(House.INSTALLATION, directories.installation().toString());
        table.put(House.HOME, directories.home().toString());
        table.put(House.CONFIG, directories.config().toString());
        table.put(House.DEPLOY, directories.deploy().toString());
        table.put(House.DATA, directories.data().toString());
        table.put(House.ENVIRONMENT, environment);
        table.put(House.VERSION, version);
    }

    private static void framework(Map<String, String> table, Directories directories) {
        // Nothing in the cache that cannot be made again from files: it is emptied at each start.
        table.put(
                Constants.FRAMEWORK_STORAGE,
                directories.data().resolve("framework").toString());
        table.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        table.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevel.FOUNDATION));
        // The launcher goes up by itself, and waits between two levels; from this one on, records can flow.
        table.put(House.LAUNCHER, "true");
        // The new content of a plugin stands beside the old until the change is committed.
        table.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        // Its errors are framework events as well: the launcher shows those of the start, the log has them all.
        table.put("felix.log.level", "0");
    }

    private static void services(Map<String, String> table, Directories directories) {
        // The store of the room that moves configurations: its configurations come from files, at each start anew.
        table.put("felix.cm.pm", "snakepipe");
        // Default 5000 ms: the rollout would wait that long to hear that components have changed.
        table.put("ds.service.changecount.timeout", "50");
        table.put("ds.lock.timeout.milliseconds", "500");
        // Each component that gets another configuration is two service events, and each would wake a thread. Whoever
        // wants them has the framework's own listeners.
        table.put("org.apache.felix.eventadmin.IgnoreTopic", "org/osgi/framework/ServiceEvent.");
        // By itself FileInstall watches ./load with built-in handlers. The watch room gives it its directories.
        table.put("felix.fileinstall.dir", directories.data().resolve("idle").toString());
        table.put(
                "felix.fileinstall.tmpdir",
                directories.data().resolve("fileinstall-tmp").toString());
        table.put("felix.fileinstall.poll", "3600000");
        table.put("felix.fileinstall.noInitialDelay", "true");
        table.put("felix.fileinstall.active.level", Integer.toString(Integer.MAX_VALUE));
        table.put("felix.fileinstall.bundles.new.start", "false");
        table.put("felix.fileinstall.enableConfigSave", "false");
        // The built-in shell stays off: the command room opens its own. There is no --noprofile in gogo.jline 1.1.8.
        table.put("gosh.args", "--nointeractive --noshutdown");
        table.put("gosh.home", directories.installation().toString());
        // Until logback has read its file, and for what it says about itself.
        table.put("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
        table.put(
                "org.ops4j.pax.logging.StaticLogbackFile",
                directories.installation().resolve("etc/logback.xml").toString());
    }
}
