// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;

/**
 * What one environment says of itself.
 *
 * @param name          the name of the environment
 * @param parents       what it extends; empty when it extends nothing, or that cannot be told
 * @param parentsOrigin where {@code extends} is written; empty when it is not
 * @param description   what it is for; may be empty
 * @param guarded       {@code protected}, when it is written
 * @param autoApply     {@code auto.apply}, when it is written
 * @param uncheckedPids {@code unchecked.pids}, when it is written
 * @param broken        {@code true} when it cannot be told what the environment extends
 * @param problems      what is wrong with the description
 */
record Definition(
        String name,
        List<String> parents,
        Optional<Origin> parentsOrigin,
        String description,
        Optional<Boolean> guarded,
        Optional<Boolean> autoApply,
        Optional<List<String>> uncheckedPids,
        boolean broken,
        List<Problem> problems) {
    /** An environment that says nothing. */
    static Definition plain(String name) {
        return of(name, Map.of(), List.of(), true);
    }

    /**
     * Reads a description.
     *
     * @param values   what is written
     * @param problems what is wrong with the file
     * @param readable {@code false} when the file cannot be used
     */
    static Definition of(String name, Map<String, ConfigValue> values, List<Problem> problems, boolean readable) {
        return new DefinitionReader(name, values, problems, !readable).read();
    }
}
