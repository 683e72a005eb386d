// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.Objects;

/**
 * A plugin, or a jar that wanted to be one, as it is now. Immutable.
 *
 * @param file         name of the file in {@code deploy/}; of a shipped one, of its jar; of one that was found elsewhere, its
 *                     absolute path
 * @param digest       SHA-256 of the jar, 64 hexadecimal digits; empty for a shipped one
 * @param symbolicName Bundle-SymbolicName; empty when the jar is no bundle
 * @param version      Bundle-Version; empty when the jar is no bundle
 * @param kind         what it is
 * @param state        how it is
 * @param reason       why it is so; empty when there is nothing to explain
 * @param provides     what its plugin capabilities name, {@code sink jdbc}; for a library, the packages it exports
 * @param pids         the PIDs that it knows
 * @param requirements what it does not come up without, {@code package p.lib [1.0,2)}, as far as the jar says; empty for a
 *                     shipped one, which has it
 * @param signer       whom the certificate names that every entry of the jar is signed with, {@code CN=Ann, O=Example}; nobody
 *                     has looked whether it is to be trusted. Empty when the jar is not signed, or not as a whole, and for a
 *                     shipped one
 * @param source       where it came from: the absolute path of the file; of a shipped one, the location of its bundle
 */
public record PluginInfo(
        String file,
        String digest,
        String symbolicName,
        String version,
        Kind kind,
        State state,
        String reason,
        List<String> provides,
        List<String> pids,
        List<String> requirements,
        String signer,
        String source) {
    /** What a jar is. */
    public enum Kind {
        /** It has the plugin capability and came with the product. */
        SHIPPED,
        /** It has the plugin capability. */
        PLUGIN,
        /** A valid bundle without it. */
        LIBRARY,
        /** Neither; see the reason. */
        REJECTED
    }

    /** How it is. */
    public enum State {
        /** It works. */
        ACTIVE,
        /** It is accepted, but something it needs is not there. */
        WAITING,
        /** It was found in a directory, and nobody has registered it. */
        AVAILABLE,
        /** It did not start, or was refused. */
        FAILED
    }

    /** Copies the lists. */
    public PluginInfo {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        provides = List.copyOf(provides);
        pids = List.copyOf(pids);
        requirements = List.copyOf(requirements);
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(source, "source");
    }
}
