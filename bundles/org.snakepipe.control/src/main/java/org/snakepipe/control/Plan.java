// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/**
 * What would happen if a candidate came into force. Immutable. Nothing of it shows a secret.
 *
 * @param hash         stands for exactly this: the generation it starts from, the content of all files and of all plugins
 * @param base         the generation it starts from; when that has moved, {@code apply} refuses
 * @param environment  in which environment
 * @param changes      what happens to which configuration, sorted by id
 * @param plugins      what happens to which jar, a line each
 * @param effects      what that means for each pipeline concerned, sorted by name
 * @param inheritedBy  the other environments that stand on a layer that is changed, sorted
 * @param problems     what is wrong; with an error among them, {@code apply} refuses
 * @param expires      until when it can be confirmed; empty when it need not be
 */
public record Plan(
        String hash,
        long base,
        String environment,
        List<Change> changes,
        List<String> plugins,
        List<PipelineEffect> effects,
        List<String> inheritedBy,
        List<Problem> problems,
        Optional<Instant> expires) {
    /** Copies the collections. */
    public Plan {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(expires, "expires");
        changes = List.copyOf(changes);
        plugins = List.copyOf(plugins);
        effects = List.copyOf(effects);
        inheritedBy = List.copyOf(inheritedBy);
        problems = List.copyOf(problems);
    }

    /** What happens to a configuration. */
    public enum Kind {
        /** It comes. */
        NEW,
        /** Some of its values are others. */
        CHANGED,
        /** Nothing but the value of a secret is another. */
        SECRET,
        /** It goes. */
        REMOVED
    }

    /**
     * What happens to one configuration.
     *
     * @param id   which
     * @param kind what
     * @param keys key to values before and after; only for {@link Kind#CHANGED}. Sorted
     */
    public record Change(ConfigId id, Kind kind, Map<String, Values> keys) {
        /** Copies the map. */
        public Change {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(kind, "kind");
            keys = Collections.unmodifiableMap(new TreeMap<>(keys));
        }

        /** One line for people. */
        @Override
        public String toString() {
            return switch (kind) {
                case NEW -> id + ": new";
                case REMOVED -> id + ": removed";
                case SECRET -> id + ": the value of a secret changed";
                default -> {
                    List<String> all = new ArrayList<>();
                    keys.forEach((key, values) -> all.add(key + " " + values));
                    yield id + ": " + String.join(", ", all);
                }
            };
        }
    }

    /**
     * A value before and after, for people.
     *
     * @param before what it is; empty text when the key is secret
     * @param after  what it would be; empty text when the key is secret
     */
    public record Values(String before, String after) {
        /** Stands for two different values that nobody may see. */
        public static final Values SECRET = new Values("", "");

        @Override
        public String toString() {
            return equals(SECRET) ? "changed" : before + " -> " + after;
        }
    }

    /**
     * Tells whether there is nothing to do.
     *
     * @return {@code true} when neither a configuration nor a jar is another
     */
    public boolean isEmpty() {
        return changes.isEmpty() && plugins.isEmpty();
    }

    /**
     * All of it for people.
     *
     * @return a line for each jar and each configuration
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(plugins);
        changes.forEach(change -> lines.add(change.toString()));
        return lines;
    }
}
