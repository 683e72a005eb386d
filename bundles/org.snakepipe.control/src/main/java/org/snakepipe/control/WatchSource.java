// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.snakepipe.api.config.Problem;

/** The watched directories. A service of the watch room; from any thread. */
@ProviderType
public interface WatchSource {
    /** Looks at all roots now instead of at the next bell. Returns at once. */
    void ring();

    /**
     * Files were written by command. Whatever they become next is told, also what they were before: somebody may save just that
     * before the next look, and would never be heard of. Returns at once.
     *
     * @param root    where
     * @param written path in the root to the SHA-256 of what was written, in hexadecimal digits; empty for a file that was deleted
     */
    void wrote(ChangeSet.Root root, Map<String, String> written);

    /**
     * What hinders watching: a root that is missing, a limit of the system that is reached, files that cannot be read.
     *
     * @return the problems of this moment; empty when all is well
     */
    List<Problem> problems();
}
