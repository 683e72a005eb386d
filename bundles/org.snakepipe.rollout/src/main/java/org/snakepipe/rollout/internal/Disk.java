// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;

/** What lies in both roots, as far as it has settled. Used by one thread. */
final class Disk {
    private final Map<String, FileContent> config = new TreeMap<>();
    private final Map<String, FileContent> deploy = new TreeMap<>();
    private final Map<String, String> unreadable = new TreeMap<>();
    private boolean configSeen;
    private boolean deploySeen;

    void apply(ChangeSet set) {
        boolean isConfig = set.root() == ChangeSet.Root.CONFIG;
        Map<String, FileContent> files = isConfig ? config : deploy;
        if (set.initial()) {
            files.clear();
        }
        files.putAll(set.changed());
        files.keySet().removeAll(set.gone());
        if (isConfig) {
            unreadable.clear();
            unreadable.putAll(set.unreadable());
        }
        configSeen |= isConfig;
        deploySeen |= !isConfig;
    }

    /** Whether a configuration file, or a directory above it, was there and could not be read: that does not mean gone. */
    boolean isUnreadable(String path) {
        return unreadable.keySet().stream().anyMatch(bad -> path.equals(bad) || path.startsWith(bad + "/"));
    }

    /** Whether both roots have been seen as a whole. */
    boolean isComplete() {
        return configSeen && deploySeen;
    }

    /** What is still missing, for people. */
    String missing() {
        return (configSeen ? "" : "the configuration directory ") + (deploySeen ? "" : "the deploy directory");
    }

    /** Path to content. */
    Map<String, FileContent> config() {
        return Collections.unmodifiableMap(config);
    }

    /** Name to content; of a jar that has been staged, the digest only. */
    Map<String, FileContent> deploy() {
        return Collections.unmodifiableMap(deploy);
    }

    /** A staged jar lies in the data directory: its bytes need not stay in memory. */
    void forgetBytes(String jar) {
        deploy.computeIfPresent(jar, (name, content) -> new FileContent(new byte[0], content.digest()));
    }
}
