// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** What is known about plugins. A service of the plugins room; from any thread. */
@ProviderType
public interface PluginManager {
    /**
     * All plugins and libraries, shipped and dropped, and the jars that were rejected.
     *
     * @return sorted by kind, then by symbolic name or file
     */
    List<PluginInfo> list();

    /**
     * Explains one.
     *
     * @param nameOrFile a symbolic name, the name of a file in {@code deploy/}, or a PID
     * @return sentences for people: what it is, what it provides, why it is not active and what would help; empty when
     *         nobody is called so
     */
    List<String> why(String nameOrFile);

    /**
     * Looks for jars in directories, in parallel and without loading a class. Nothing is copied or installed; what is as it was
     * the last time is not read again.
     *
     * @param directories what lies directly in them counts
     * @return plugins, libraries and what was rejected, sorted by path; a directory that cannot be listed is among the rejected
     */
    CompletableFuture<List<PluginInfo>> discover(Collection<Path> directories);

    /**
     * Finds out what would come of registering jars together, without installing any.
     *
     * @param jars        the files
     * @param directories where what they lack may be
     * @return the verdict, with reasons
     */
    CompletableFuture<PluginAnalysis> analyse(Collection<Path> jars, Collection<Path> directories);

    /**
     * Registers jars: analysed, copied, resolved beside what runs, started, and looked at, with their configuration, together or
     * not at all. A plugin of the same name and a lower version waits from then on. Who registers while others do is analysed
     * when it is known what came of them.
     *
     * @param registration what, and how
     * @return the receipt; the future ends with an {@link IllegalStateException} while the rollout is not there
     */
    CompletableFuture<RegistrationResult> register(Registration registration);

    /**
     * The same, and files of {@code deploy/} are taken away in the same moment.
     *
     * @param files        names of files in {@code deploy/}
     * @param registration what comes instead, and how
     * @return the receipt, as of {@link #register}
     */
    CompletableFuture<RegistrationResult> replace(Collection<String> files, Registration registration);

    /**
     * Takes jars away. Pipelines that use them drain, and wait from then on; configuration stays where it is.
     *
     * @param files   names of files in {@code deploy/}
     * @param options who, and how
     * @return the receipt, as of {@link #register}
     */
    CompletableFuture<RegistrationResult> unregister(Collection<String> files, ApplyOptions options);
}
