// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns the files of a configuration directory into the values of one environment. From any thread; resolutions wait for one
 * another. Bad content never throws: everything that is wrong becomes a problem of the result.
 */
@ProviderType
public interface EnvironmentManager {
    /**
     * Sorts the files of a directory. What is the same as in the directory that was read before is not read again.
     *
     * @param files path relative to the configuration directory, with {@code /}, to content: the whole tree. The contents are
     *              kept, not copied: nobody may change them
     * @return the directory, for this manager
     */
    ConfigFiles read(Map<String, byte[]> files);

    /**
     * Resolves one environment: reads {@code base}, what the environment stands on, and nothing else.
     *
     * @param base         the directory
     * @param name         the name of the environment
     * @param surroundings what counts beside the files
     * @param known        what schemas know
     * @return the values, and all that is wrong. The values of a configuration that are the same as in an earlier resolution
     *     that somebody still holds, or in the last one, are the same object
     */
    Resolution resolve(ConfigFiles base, String name, Surroundings surroundings, KnownKeys known);

    /**
     * Resolves one environment as any machine would see it, without schemas.
     *
     * @param base the directory
     * @param name the name of the environment
     * @return the values, and all that is wrong
     */
    default Resolution resolve(ConfigFiles base, String name) {
        return resolve(base, name, Surroundings.offline(), KnownKeys.NOTHING);
    }

    /**
     * Lists all environments, which reads the descriptions of all.
     *
     * @param base the directory
     * @return the environments, and what is wrong with any of them
     */
    Environments environments(ConfigFiles base);
}
