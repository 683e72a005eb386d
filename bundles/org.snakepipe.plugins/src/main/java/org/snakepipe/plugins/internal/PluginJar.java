// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.Collection;
import java.util.List;
import org.snakepipe.control.PluginInfo;
import org.snakepipe.control.PluginInfo.Kind;
import org.snakepipe.control.PluginInfo.State;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;

/**
 * A staged jar and what was read from it. Immutable; equal when the digests are.
 *
 * @param digest   SHA-256 of its content
 * @param manifest what its manifest says
 * @param schemas  one for each PID that its Metatype describes
 * @param rules    what it checks beside; read from the copy that is kept
 * @param signer   whom the certificate names that all of it is signed with; empty when there is none
 */
public record PluginJar(String digest, BundleManifest manifest, List<Schema> schemas, RuleSource rules, String signer) {
    /** Copies the list. */
    public PluginJar {
        schemas = List.copyOf(schemas);
    }

    /**
     * What people read about it.
     *
     * @param file   what it is called
     * @param source where it came from
     */
    public PluginInfo info(String file, String source, State state, String reason) {
        return new PluginInfo(
                file,
                digest,
                manifest.symbolicName(),
                manifest.version().toString(),
                kind(),
                state,
                reason,
                manifest.isPlugin() ? manifest.provides() : manifest.exports(),
                pids(schemas),
                manifest.requirements(),
                signer,
                source);
    }

    /** What it is: a plugin or a library. */
    public Kind kind() {
        return manifest.isPlugin() ? Kind.PLUGIN : Kind.LIBRARY;
    }

    /** The PIDs of schemas, sorted. */
    static List<String> pids(Collection<Schema> schemas) {
        return schemas.stream().map(Schema::pid).distinct().sorted().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PluginJar jar && jar.digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** Symbolic name and version, as in {@code org.example.sink 1.2.0}. */
    @Override
    public String toString() {
        return manifest.symbolicName() + " " + manifest.version();
    }
}
