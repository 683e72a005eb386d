// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Fills in the words of secrets where they are used; in a configuration they stay words. A service of the rollout; from any
 * thread.
 */
@ProviderType
public interface Secrets {
    /**
     * Puts the values of secrets, and of environment variables that are secret, into a text.
     *
     * @param word for example {@code $[secret:orders.password]}; a text without words is returned as it is
     * @return the text with the values; never to be logged
     * @throws IOException if a secret is not there or cannot be read; the message names it, and no value is in it
     */
    String fill(String word) throws IOException;
}
