// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A check of one configuration against the real world, before it comes into force: whether the directory is there, whether the
 * database takes the password. A public class with a public constructor without parameters, named by {@code checks} of the
 * annotation {@code org.snakepipe.api.plugin.Plugin}; it is asked about the configurations of that plugin.
 *
 * <p>It has no state, and changes nothing: what it opens it closes, and it makes no file, table or topic. One object is made
 * for each question, on a thread of its own, while the plugin may be resolved and not started. The thread is given up, and
 * interrupted, when it takes too long.
 */
@ConsumerType
@FunctionalInterface
public interface ConfigCheck {
    /**
     * Checks. Asked when the values of the configuration, or its plugin, are others than those in force.
     *
     * @param id      the configuration
     * @param values  key to value as ConfigurationAdmin would be given it; secrets are words, for {@link CheckContext#secret}
     * @param context what else there is
     * @return what is wrong: an error refuses the change, a warning is told with it. Empty when all is well, never {@code null}
     * @throws IOException          if nobody can tell at the moment, for example because a server does not answer: a warning,
     *                              and a refusal where the environment is protected. The message is for people
     * @throws InterruptedException if nobody waits for the answer any more
     */
    List<Problem> check(ConfigId id, Map<String, Object> values, CheckContext context)
            throws IOException, InterruptedException;
}
