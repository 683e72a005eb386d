// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A rule that a schema cannot say: between keys, or between configurations. A public class with a public constructor without
 * parameters, named by {@code rules} of the annotation {@code org.snakepipe.api.plugin.Plugin}.
 *
 * <p>It has no state and touches nothing but what it is given. It also runs where there is no framework and no machine that
 * the configuration is for: in a class loader that sees the classes of its own bundle, those of this API, and {@code java.*}.
 * It runs on a thread that is given up when it takes too long, and is to leave nothing on it.
 */
@ConsumerType
@FunctionalInterface
public interface ConfigRule {
    /**
     * Checks all configurations. Called for every candidate, also when no configuration of the plugin has changed.
     *
     * @param configurations all that would be in force
     * @return what is wrong, with id and key, which the place is found by; empty when all is well, never {@code null}. What
     *     it throws becomes a warning that says so
     */
    List<Problem> check(ConfigSet configurations);
}
