// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.List;
import java.util.Map;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;

/**
 * A jar that lies in some directory, and what it would be. Immutable.
 *
 * @param info   what people read about it
 * @param wiring name to value of the headers by which a framework resolves it; empty when it was rejected
 */
public record FoundJar(PluginInfo info, Map<String, String> wiring) {
    /** Copies the map. */
    public FoundJar {
        wiring = Map.copyOf(wiring);
    }

    static FoundJar of(String file, PluginJar jar) {
        return new FoundJar(
                jar.info(file, file, State.AVAILABLE, ""), jar.manifest().wiring());
    }

    /**
     * One that is neither a plugin nor a library.
     *
     * @param digest empty when it was not read
     * @param reason one sentence for people, without the file
     */
    public static FoundJar rejected(String file, String digest, String reason) {
        return new FoundJar(
                new PluginInfo(
                        file,
                        digest,
                        "",
                        "",
                        Kind.REJECTED,
                        State.FAILED,
                        reason,
                        List.of(),
                        List.of(),
                        List.of(),
                        "",
                        file),
                Map.of());
    }

    /** The same, with something to explain. */
    FoundJar because(String reason) {
        return new FoundJar(
                new PluginInfo(
                        info.file(),
                        info.digest(),
                        info.symbolicName(),
                        info.version(),
                        info.kind(),
                        info.state(),
                        reason,
                        info.provides(),
                        info.pids(),
                        info.requirements(),
                        info.signer(),
                        info.source()),
                wiring);
    }

    /** Whether it is a plugin or a library. */
    public boolean isUsable() {
        return info.kind() != Kind.REJECTED;
    }
}
