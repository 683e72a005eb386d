// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.schema.internal.rule.LoadedRule;

/**
 * The rules of one bundle. They are loaded when they run for the first time, by a loader that sees the content of the bundle,
 * the API, and {@code java.*}; who lets go of this lets go of the loader. Thread-safe.
 */
public final class RuleSource {
    private final String bundle;
    private final List<LoadedRule> rules;

    /** Reads the content of a bundle. From any thread. */
    @FunctionalInterface
    public interface Entries {
        /**
         * Reads an entry.
         *
         * @param path for example {@code org/example/Rule.class}
         * @return its bytes; empty when the bundle has no such entry
         * @throws IOException if it cannot be read
         */
        Optional<byte[]> read(String path) throws IOException;
    }

    /**
     * Rules, not yet loaded.
     *
     * @param bundle  what to call it in messages
     * @param classes names of classes that implement {@code org.snakepipe.api.config.ConfigRule}
     * @param entries reads the bundle
     */
    public RuleSource(String bundle, List<String> classes, Entries entries) {
        this.bundle = Objects.requireNonNull(bundle, "bundle");
        rules = LoadedRule.all(classes, entries);
    }

    /**
     * The bundle.
     *
     * @return its name
     */
    public String bundle() {
        return bundle;
    }

    /**
     * Tells whether there is nothing to run.
     *
     * @return {@code true} when the bundle has no rules
     */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    List<LoadedRule> rules() {
        return rules;
    }
}
