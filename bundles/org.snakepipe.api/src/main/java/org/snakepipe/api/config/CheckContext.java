// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What a {@link ConfigCheck} may use. Valid while it runs; from any thread. */
@ProviderType
public interface CheckContext {
    /**
     * Another configuration, as it would be.
     *
     * @param id its id, as a user writes it: {@code snakepipe.datasource~warehouse}
     * @return key to value; empty when there is none, or when it waits or is left out
     */
    Map<String, Object> values(String id);

    /**
     * The directory that relative paths of a configuration are under.
     *
     * @return an absolute path; it exists
     */
    Path dataDirectory();

    /**
     * Fills in a value that is a secret.
     *
     * @param value the value as the configuration has it; without a word in it, it is returned as it is
     * @return the value; never to be logged or put into a problem
     * @throws IOException if nobody knows the secret; the message is for people and names it
     */
    String secret(String value) throws IOException;

    /**
     * Services that are there at the moment, for example factories of JDBC drivers.
     *
     * @param <T>  their type
     * @param type their type
     * @return all of them that are of just this class; may be empty
     */
    <T> List<T> services(Class<T> type);
}
