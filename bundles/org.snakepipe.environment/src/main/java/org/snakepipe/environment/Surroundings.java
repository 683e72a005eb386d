// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a resolution takes from outside of the configuration directory. Immutable.
 *
 * @param live      {@code true} where the values are going to be used: what is missing is an error. Otherwise a missing
 *                  environment variable is a {@link org.snakepipe.api.config.Deferred} value, which passes every check
 * @param local     whether {@code local/} counts
 * @param variables the variables of the process, those of others too
 * @param secrets   the secrets that there are; empty when nobody knows: then the file {@code secrets.names} is asked, and
 *                  without it every name is taken for good
 * @param overrides what people set at run time
 * @param clock     tells which overrides have ended
 */
public record Surroundings(
        boolean live,
        boolean local,
        Map<String, String> variables,
        Optional<SecretNames> secrets,
        Overrides overrides,
        Clock clock) {
    /** Copies the variables. */
    public Surroundings {
        variables = Map.copyOf(variables);
        Objects.requireNonNull(secrets, "secrets");
        Objects.requireNonNull(overrides, "overrides");
        Objects.requireNonNull(clock, "clock");
    }

    private Surroundings(boolean live, boolean local, Map<String, String> variables, Optional<SecretNames> secrets) {
        this(live, local, variables, secrets, Overrides.NONE, Clock.systemUTC());
    }

    /**
     * The same with overrides.
     *
     * @param values what people set at run time
     * @param now    tells which of it has ended
     * @return a copy
     */
    public Surroundings withOverrides(Overrides values, Clock now) {
        return new Surroundings(live, local, variables, secrets, values, now);
    }

    /**
     * The running process.
     *
     * @param variables its environment variables
     * @param secrets   its secrets
     * @return everything counts
     */
    public static Surroundings live(Map<String, String> variables, SecretNames secrets) {
        return new Surroundings(true, true, variables, Optional.of(secrets));
    }

    /**
     * Any machine: the result is the same wherever somebody checks the files.
     *
     * @return neither {@code local/} nor variables
     */
    public static Surroundings offline() {
        return new Surroundings(false, false, Map.of(), Optional.empty());
    }

    /**
     * This machine, without being the one that runs the configuration.
     *
     * @param variables its environment variables
     * @return {@code local/} and the variables count, and what is missing is no error
     */
    public static Surroundings offlineWithLocal(Map<String, String> variables) {
        return new Surroundings(false, true, variables, Optional.empty());
    }
}
