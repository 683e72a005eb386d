// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The one arm of the plugins room that the rollout moves. Only the rollout's thread calls it. */
@ProviderType
public interface Installer {
    /**
     * Checks a jar and keeps a copy under its digest. Nothing is installed. Staging the same content again is cheap.
     *
     * @param file    name of the file in {@code deploy/}
     * @param content the settled content
     * @return what it is
     * @throws PluginRejected if it is no bundle, is damaged, is a fragment, or asks for what plugins must not have
     */
    PluginInfo stage(String file, FileContent content) throws PluginRejected;

    /**
     * Installs and resolves what is wanted and not there, beside what runs. Nothing is stopped or started.
     *
     * @param wanted digest to name of file, of all plugins and libraries that are to be there; all of them are staged
     * @return the change, to be taken step by step; empty when all is there already
     * @throws PluginRejected if something cannot be resolved; then nothing is left behind and nothing was touched
     */
    PluginChange prepare(Map<String, String> wanted) throws PluginRejected;

    /**
     * Remembers why a jar is not in use, for {@link PluginManager}; forgets it when the file is gone or changes.
     *
     * @param file   name of the file in {@code deploy/}
     * @param digest SHA-256 of its content
     * @param reason one sentence for people
     */
    void rejected(String file, String digest, String reason);

    /**
     * Forgets rejections of files that are no longer there.
     *
     * @param present names of all files in {@code deploy/}
     */
    void retain(Set<String> present);

    /**
     * Keeps copies of jars that are not wanted now, so that somebody can go back to them. Replaces what was said before; until it
     * is said for the first time, no copy is deleted.
     *
     * @param digests SHA-256 of each
     */
    void keep(Set<String> digests);

    /**
     * The checks that plugins name.
     *
     * @param digests SHA-256 of the dropped jars that are to be there; they are installed and resolved
     * @return those of the shipped ones too
     */
    List<PluginCheck> checks(Set<String> digests);

    /**
     * The plugins whose bundles are there and do not run, as when somebody has stopped one by hand.
     *
     * @return PID of what each is configured with, to the symbolic name of its bundle
     */
    Map<String, String> stopped();

    /**
     * The versions of plugins, and their migrations.
     *
     * @param digests SHA-256 of the dropped jars that are to be there; they are installed and resolved
     * @return those of the shipped ones too
     */
    List<PluginVersion> versions(Set<String> digests);
}
