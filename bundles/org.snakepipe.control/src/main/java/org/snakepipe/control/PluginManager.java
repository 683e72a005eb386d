// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
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
}
