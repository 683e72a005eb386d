// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directories that FileInstall watches for us: configurations {@code org.apache.felix.fileinstall~NAME}. */
final class FileInstallDirectories {
    static final String PID = "org.apache.felix.fileinstall";

    private static final Logger LOG = LoggerFactory.getLogger(FileInstallDirectories.class);
    private static final String PREFIX = "felix.fileinstall.";
    /**
     * The names of what anybody reads. FileInstall takes a link to a directory for a file, and packs all that lies behind it into
     * a jar before it asks whose it is. It is the second bell: for the rest ours will do.
     */
    private static final String FILTER = ".*[.](cfg|json|yaml|names|jar)";

    private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final Path temporary;
    private final Map<String, Configuration> directories = new HashMap<>();

    FileInstallDirectories(BundleContext context, ConfigurationAdmin admin, Path temporary) {
        this.context = context;
        this.admin = admin;
        this.temporary = temporary;
    }

    /**
     * Watches a directory, or watches it otherwise.
     *
     * @param name       the name of the configuration
     * @param directory  real path; it exists, else FileInstall polls in a storm
     * @param recursive  whether directories below it are watched
     * @param pollMillis how often FileInstall looks at what its own watch service collected
     * @param renewal    changes when the directory is another one than before: FileInstall is deaf to one that came back
     */
    void watch(String name, Path directory, boolean recursive, int pollMillis, String renewal) throws IOException {
        Dictionary<String, Object> settings = new Hashtable<>();
        settings.put(PREFIX + "dir", directory.toString());
        settings.put(PREFIX + "poll", Integer.toString(pollMillis));
        settings.put(PREFIX + "subdir.mode", recursive ? "recurse" : "skip");
        settings.put(PREFIX + "filter", FILTER);
        settings.put(PREFIX + "tmpdir", temporary.toString());
        settings.put(PREFIX + "noInitialDelay", "true");
        settings.put(PREFIX + "enableConfigSave", "false");
        settings.put(PREFIX + "bundles.new.start", "false");
        settings.put(PREFIX + "log.level", "2");
        settings.put("snakepipe.renewal", renewal);
        Configuration configuration = admin.getFactoryConfiguration(PID, name, "?");
        configuration.updateIfDifferent(settings);
        directories.put(name, configuration);
    }

    /**
     * Takes the directories away and waits until FileInstall has left them. Only then may the claim be given up: without it
     * FileInstall's own handlers would publish our files and install our jars.
     */
    void goodbye() {
        for (Configuration configuration : directories.values()) {
            String directory = Objects.toString(configuration.getProperties().get(PREFIX + "dir"), "");
            try {
                configuration.delete();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("The directory {} of FileInstall is gone already", directory, e);
            }
            if (!hasLeft(directory)) {
                stopFileInstall();
            }
        }
        directories.clear();
    }

    private static boolean hasLeft(String directory) {
        long end = System.nanoTime() + GOODBYE_NANOS;
        String name = "fileinstall-" + directory;
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name))) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private void stopFileInstall() {
        for (Bundle bundle : context.getBundles()) {
            if (PID.equals(bundle.getSymbolicName())) {
                try {
                    bundle.stop(Bundle.STOP_TRANSIENT);
                } catch (BundleException e) {
                    LOG.warn("FileInstall does not stop: what is dropped now may be handled by FileInstall itself", e);
                }
            }
        }
    }
}
