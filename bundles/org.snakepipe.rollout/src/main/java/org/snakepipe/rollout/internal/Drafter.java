// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.FileContent;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.Overrides;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.validation.ConfigValidator;
import org.snakepipe.validation.ValidatedConfig;

/**
 * Resolves and validates: files to a draft. The same files, plugins, variables and secrets give the same draft at the same
 * moment. Used by one thread.
 */
final class Drafter {
    private final String environment;
    private final Map<String, String> variables;
    private final SecretWords secrets;
    private final Clock clock;
    private final EnvironmentManager resolver = new EnvironmentResolver();
    private final ConfigValidator validator;
    private final Fingerprints fingerprints;

    /**
     * For one environment.
     *
     * @param environment its name
     * @param variables   of the process
     * @param secrets     of the process
     * @param clock       tells which overrides have ended
     * @param schemas     what plugins know
     */
    Drafter(String environment, Map<String, String> variables, SecretWords secrets, Clock clock, SchemaSource schemas) {
        this.environment = environment;
        this.variables = Map.copyOf(variables);
        this.secrets = secrets;
        this.clock = clock;
        this.validator = new ConfigValidator(resolver, schemas);
        this.fingerprints = new Fingerprints(secrets::filled);
    }

    /**
     * Drafts.
     *
     * @param files   of the configuration directory, and overrides; in the same order each time, or nothing is known again
     * @param digests of the plugins that are to be there
     * @throws InterruptedException if the rollout is stopping
     */
    Draft draft(Map<String, FileContent> files, Set<String> digests) throws InterruptedException {
        Sources sources = Sources.of(files);
        ConfigFiles base = resolver.read(sources.configuration);
        ValidatedConfig validated = validator.validate(base, environment, surroundings(sources), digests);
        return draft(validated, new ResolvedFiles(resolver, base, files.keySet(), validated.resolution()));
    }

    /** What files and overrides say, without looking whether it is right: each value with where it is written, and what it hides. */
    Map<ConfigId, Map<String, ConfigValue>> written(Map<String, FileContent> files) {
        Sources sources = Sources.of(files);
        return resolver.resolve(
                        resolver.read(sources.configuration), environment, surroundings(sources), KnownKeys.NOTHING)
                .values();
    }

    private Surroundings surroundings(Sources sources) {
        return Surroundings.live(variables, secrets).withOverrides(Overrides.parse(sources.overrides), clock);
    }

    /** @param configuration path to content, in the order of the files */
    private record Sources(Map<String, byte[]> configuration, Map<String, byte[]> overrides) {
        static Sources of(Map<String, FileContent> files) {
            Map<String, byte[]> configuration = new LinkedHashMap<>();
            Map<String, byte[]> overrides = new TreeMap<>();
            files.forEach(
                    (path, content) -> (Disk.isOverride(path) ? overrides : configuration).put(path, content.bytes()));
            return new Sources(configuration, overrides);
        }
    }

    private Draft draft(ValidatedConfig validated, Provenance provenance) {
        Map<ConfigId, Map<String, Object>> typed = new TreeMap<>();
        Map<ConfigId, String> prints = new HashMap<>();
        Map<ConfigId, ConfigState> states = new TreeMap<>();
        Map<ConfigId, Set<String>> secret = new HashMap<>();
        Map<ConfigId, String> secretPrints = new HashMap<>();
        Map<Map<String, Object>, String> printed = fingerprints.ofAll(validated.configurations().values().stream()
                .flatMap(one -> one.typed().stream())
                .toList());
        validated.configurations().forEach((id, one) -> {
            one.typed().ifPresent(values -> {
                typed.put(id, values);
                prints.put(id, printed.get(values));
                if (!Collections.disjoint(one.secrets(), values.keySet())) {
                    Map<String, Object> hidden = new TreeMap<>(values);
                    hidden.keySet().retainAll(one.secrets());
                    secretPrints.put(id, fingerprints.of(hidden));
                }
            });
            ConfigState.State state = one.waiting().isEmpty() ? ConfigState.State.PUBLISHED : ConfigState.State.WAITING;
            states.put(id, new ConfigState(id, state, one.waiting(), one.values()));
            secret.put(id, one.secrets());
        });
        return new Draft(typed, prints, states, secret, secretPrints, provenance, validated.problems());
    }
}
