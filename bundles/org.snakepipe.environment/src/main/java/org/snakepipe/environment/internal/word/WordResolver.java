// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;

/** Gives the values of configurations without their words, and says which words mean nothing. Not thread-safe. */
public final class WordResolver {
    private final KnownKeys known;
    private final Evaluation evaluation;

    /**
     * Begins with one set of layers.
     *
     * @param secrets the names of secrets; empty when every name is good
     * @param written the winning values of a configuration, still with words; {@code null} when there is no such one
     */
    public WordResolver(
            Surroundings surroundings,
            Optional<SecretNames> secrets,
            KnownKeys known,
            Function<ConfigId, Map<String, ConfigValue>> written) {
        this.known = known;
        this.evaluation = new Evaluation(surroundings, secrets, known, written);
    }

    /** Tells whether a raw value has to be resolved at all. */
    public static boolean mayHoldWord(Object raw) {
        return Template.mayHoldWord(raw);
    }

    /** Tells whether what lies below a value goes into it. */
    public static boolean inherits(Object raw) {
        return Template.inherits(raw);
    }

    /** Tells whether a value makes its key one that nobody has ever set. */
    public static boolean isUnset(Object raw) {
        return Template.isUnset(raw);
    }

    /**
     * Resolves one configuration.
     *
     * @param problems takes what is wrong
     * @return key to value; without the keys that are unset. What has no value because of an error is a
     *     {@link Deferred}, so that nobody complains of it a second time
     */
    public Map<String, ConfigValue> resolve(ConfigId id, Map<String, ConfigValue> written, List<Problem> problems) {
        Map<String, ConfigValue> values = new TreeMap<>();
        written.forEach((key, value) -> {
            if (!Template.mayHoldWord(value.raw())) {
                values.put(key, value);
                return;
            }
            Reference reference = new Reference(id, key, known.isSecret(id.pid(), key));
            Meaning meaning = evaluation.of(reference, value);
            if (meaning instanceof Meaning.Value resolved) {
                values.put(key, with(value, resolved.raw()));
            } else if (meaning instanceof Meaning.Broken broken) {
                problems.add(problem(reference, value, broken.reason()));
                values.put(key, with(value, new Deferred(value.raw().toString(), false)));
            }
        });
        return values;
    }

    private static ConfigValue with(ConfigValue value, Object raw) {
        return new ConfigValue(raw, value.origin(), value.shadowed());
    }

    private static Problem problem(Reference reference, ConfigValue value, WordException reason) {
        List<Fix> fixes = new ArrayList<>();
        if (value.raw() instanceof String text && (!reference.secret() || isWordAlone(text, reason))) {
            reason.meant().forEach(meant -> fixes.add(Fix.replace(text.replace(reason.wrong(), meant))));
        }
        return Problem.error(reason.code(), reference.key() + ": " + reason.getMessage())
                .id(reference.id())
                .key(reference.key())
                .at(value.origin())
                .fixes(fixes)
                .build();
    }

    /** Whether nothing of a secret shows in it: there is a word and nothing else, not even a default. */
    private static boolean isWordAlone(String text, WordException reason) {
        return text.strip().equals(reason.wrong()) && text.indexOf(';') < 0;
    }
}
