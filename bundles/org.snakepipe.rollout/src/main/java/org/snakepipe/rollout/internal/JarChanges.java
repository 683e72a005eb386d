// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginRejected;

/** Jars that somebody registers or takes away, instead of dropping them. Used by one thread. */
final class JarChanges {
    private final Installer installer;
    private final Desk desk;

    JarChanges(Installer installer, Desk desk) {
        this.installer = installer;
        this.desk = desk;
    }

    /**
     * Stages what comes and lets go of what was held of these files; whoever asks for a jar wants it tried.
     *
     * @param accepted name to digest of the jars in use
     * @param jars     name to content; empty to take one away
     * @return name to digest of those that are to be in use
     * @throws PluginRejected if one cannot be staged, has an odd name, or is not there to be taken away
     */
    Map<String, String> take(Map<String, String> accepted, Map<String, Optional<FileContent>> jars)
            throws PluginRejected {
        Map<String, String> plugins = new TreeMap<>(accepted);
        for (Map.Entry<String, Optional<FileContent>> jar : new TreeMap<>(jars).entrySet()) {
            String name = jar.getKey();
            requireName(name);
            if (jar.getValue().isPresent()) {
                installer.stage(name, jar.getValue().get());
                plugins.put(name, jar.getValue().get().digest());
            } else if (plugins.remove(name) == null && !desk.disk().deploy().containsKey(name)) {
                throw rejected("plugin.unknown", name, "is not there, and so cannot be taken away. See: plugin list");
            }
            desk.jars().release(Optional.of(ChangeSet.Root.DEPLOY.folder() + name));
        }
        return plugins;
    }

    /**
     * Nothing came of it: what is known of these files is what lies there again.
     *
     * @param names of files
     */
    void forget(Set<String> names) {
        Map<String, FileContent> lies = desk.disk().deploy();
        names.stream().filter(lies::containsKey).forEach(name -> desk.jars().tell(name, lies.get(name), installer));
        forgetWhatIsGone();
    }

    /** Nothing is known any more of files that do not lie there. */
    void forgetWhatIsGone() {
        installer.retain(desk.disk().deploy().keySet());
    }

    private static void requireName(String name) throws PluginRejected {
        if (!name.endsWith(".jar") || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
            throw rejected("deploy.file", name, "is no name for a plugin (allowed: a file name like x.jar)");
        }
    }

    private static PluginRejected rejected(String code, String name, String message) {
        return new PluginRejected(
                Problem.error(code, message)
                        .at(new Origin("plugin", ChangeSet.Root.DEPLOY.folder() + name, 0, 0))
                        .build(),
                null);
    }
}
