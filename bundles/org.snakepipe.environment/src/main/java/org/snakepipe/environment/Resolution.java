// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;

/** What a tree of files means in one environment. Immutable. */
public final class Resolution {
    private final Environment environment;
    private final Map<ConfigId, Map<String, ConfigValue>> values;
    private final List<Problem> problems;
    private final Effects effects;
    private final Doubts doubts;
    private final Optional<Instant> nextExpiry;

    Resolution(
            Environment environment,
            Map<ConfigId, Map<String, ConfigValue>> values,
            List<Problem> problems,
            Effects effects,
            Doubts doubts,
            Optional<Instant> nextExpiry) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.values = Collections.unmodifiableMap(values);
        this.problems = List.copyOf(problems);
        this.effects = effects;
        this.doubts = doubts;
        this.nextExpiry = nextExpiry;
    }

    /**
     * The environment this was made for.
     *
     * @return the environment; with no more than its name when nothing knows it
     */
    public Environment environment() {
        return environment;
    }

    /**
     * The winning values.
     *
     * @return configuration to key to value with origin and what it hides; both maps are sorted. A configuration whose
     *     files hold only comments is there, with no keys. Values with an error in them are there too: ask
     *     {@link #problems()} first.
     */
    public Map<ConfigId, Map<String, ConfigValue>> values() {
        return values;
    }

    /**
     * Everything that is wrong.
     *
     * @return problems, sorted by place. The {@link org.snakepipe.api.config.Origin#source() source} of a problem of a file
     *     is the path of the file, relative to the configuration directory
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Configurations that may not be what they seem, because something that may speak of them cannot be read. What is wrong
     * with a configuration itself is no doubt: its problem has its id. Looks anew at each call.
     *
     * @return id to what is wrong, the first by place; sorted, unmodifiable
     */
    public Map<ConfigId, Problem> doubts() {
        return doubts.byId();
    }

    /**
     * A value as it is written, with its words, and with what it hides: the answer to why a value is what it is.
     *
     * @param id  the configuration
     * @param key the key
     * @return the value of the highest layer that sets the key, {@code $[unset]} too; empty when no layer sets it
     */
    public Optional<ConfigValue> written(ConfigId id, String key) {
        return effects.written(id, key);
    }

    /**
     * All values as they are written, with their words, and with what they hide. The shared properties are there too, under
     * the id {@code properties}.
     *
     * @return configuration to key to the value of the highest layer that sets the key, {@code $[unset]} too; both maps are
     *     sorted. Those of a configuration are the same object as in a resolution of another environment in which the same
     *     files speak of it, as long as somebody holds that one
     */
    public Map<ConfigId, Map<String, ConfigValue>> written() {
        return effects.written();
    }

    /**
     * What says something of a configuration, in the layers of the environment.
     *
     * @param id the configuration
     * @return paths of files and names of whatever else, the lowest layer first; also those that say it without a key; empty
     *     when nothing configures it
     */
    public List<String> sources(ConfigId id) {
        return effects.sources(id);
    }

    /**
     * Tells whether a written value has no effect. One that a list above takes over with {@code $[inherited]} has.
     *
     * @param id     the configuration
     * @param key    the key
     * @param source the file, or whatever the {@link org.snakepipe.api.config.Origin#source() source} of the value is
     * @return by what it is hidden; empty when it counts, or is not written there
     */
    public Optional<Shadowed> shadowed(ConfigId id, String key, String source) {
        return effects.shadowed(id, key, source);
    }

    /**
     * Tells whether the environment stands on the layer of a file.
     *
     * @param source path of the file, relative to the configuration directory
     * @return {@code false} when nothing of the file can count; {@code true} also for what is in no layer
     */
    public boolean counts(String source) {
        return effects.counts(source);
    }

    /**
     * What of a file has no effect, for people who have just saved it.
     *
     * @param source path of the file, relative to the configuration directory
     * @return one sentence that begins with {@code no effect:} for each key that is hidden, or one for the whole file when
     *     the environment does not stand on its layer; empty when all of it counts
     */
    public List<String> noEffect(String source) {
        return effects.noEffect(source);
    }

    /**
     * When an override ends, and the values have to be resolved again.
     *
     * @return the earliest such moment; empty when no override ends
     */
    public Optional<Instant> nextExpiry() {
        return nextExpiry;
    }
}
