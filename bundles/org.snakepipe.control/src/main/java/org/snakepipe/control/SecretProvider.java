// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows the values of secrets. A service; of several, the one with the highest service ranking is asked first. Called from any
 * thread, several at a time.
 */
@ConsumerType
public interface SecretProvider {
    /**
     * What the provider is called.
     *
     * @return a few words for people: {@code files in /run/secrets}
     */
    String name();

    /**
     * The value of a secret, as it is now.
     *
     * @param name for example {@code orders.password}
     * @return the value; empty when this provider does not know the secret
     * @throws IOException if it should know it and cannot read it; the message is for people, and no value is in it
     */
    Optional<String> secret(String name) throws IOException;

    /**
     * What there is, for suggestions.
     *
     * @return names, in any order; may be fewer than {@link #secret} knows
     */
    Collection<String> names();
}
