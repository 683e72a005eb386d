// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The product in a process in which it does not run: its bundles, and what lies in {@code deploy/}, are installed and resolved, and
 * no more of them is started than it takes to answer. A {@link java.util.ServiceLoader} finds it among the jars of the launcher.
 */
@ProviderType
public interface OfflinePlatform {
    /**
     * What is asked.
     *
     * @param <T> of the answer
     */
    @FunctionalInterface
    interface Question<T> {
        /**
         * Asks.
         *
         * @param plugins can look, think, list and explain; who wants something registered is refused
         * @return the answer
         * @throws InterruptedException if the caller is interrupted while waiting
         */
        T of(PluginManager plugins) throws InterruptedException;
    }

    /**
     * Makes the platform, asks, and takes the platform away again. Nothing is written but in a directory for temporary files.
     *
     * @param <T>          of the answer
     * @param installation directory of the product
     * @param deploy       directory that plugins are dropped into; need not be there
     * @param question     called once, on the thread of the caller
     * @return what it returns
     * @throws IOException          if the installation is damaged, or there is no room; the message is for people
     * @throws InterruptedException if the caller is interrupted while waiting
     */
    <T> T ask(Path installation, Path deploy, Question<T> question) throws IOException, InterruptedException;
}
