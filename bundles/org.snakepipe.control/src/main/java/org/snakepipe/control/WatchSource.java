// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.snakepipe.api.config.Problem;

/** The watched directories. A service of the watch room; from any thread. */
@ProviderType
public interface WatchSource {
    /** Looks at all roots now instead of at the next bell. Returns at once. */
    void ring();

    /**
     * What hinders watching: a root that is missing, a limit of the system that is reached, files that cannot be read.
     *
     * @return the problems of this moment; empty when all is well
     */
    List<Problem> problems();
}
