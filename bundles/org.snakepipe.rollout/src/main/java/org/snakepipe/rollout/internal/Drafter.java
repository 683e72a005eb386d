// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Overrides;
import org.snakepipe.environment.Resolution;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.ReferenceCheck;
import org.snakepipe.schema.RuleCheck;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;

/**
 * Resolves and validates: files to a draft. The same files, plugins, variables and secrets give the same draft at the same
 * moment. Used by one thread.
 */
final class Drafter {
    private static final Duration RULES = Duration.ofSeconds(2);

    private final String environment;
    private final Map<String, String> variables;
    private final SecretWords secrets;
    private final Clock clock;
    private final SchemaSource schemas;
    private final EnvironmentManager resolver = new EnvironmentResolver();
    private final Checks checks = new Checks();
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
        this.schemas = schemas;
        this.fingerprints = new Fingerprints(secrets::filled);
    }

    /**
     * Drafts.
     *
     * @param files   of the configuration directory, and overrides
     * @param digests of the plugins that are to be there
     * @throws InterruptedException if the rollout is stopping
     */
    Draft draft(Map<String, FileContent> files, Set<String> digests) throws InterruptedException {
        Map<String, Schema> byPid = new HashMap<>();
        schemas.schemas(digests).forEach(schema -> byPid.putIfAbsent(schema.pid(), schema));
        Map<String, byte[]> configuration = new TreeMap<>();
        Map<String, byte[]> overrides = new TreeMap<>();
        files.forEach(
                (path, content) -> (Disk.isOverride(path) ? overrides : configuration).put(path, content.bytes()));
        ConfigFiles base = resolver.read(configuration);
        Surroundings surroundings =
                Surroundings.live(variables, secrets).withOverrides(Overrides.parse(overrides), clock);
        Resolution resolution = resolver.resolve(base, environment, surroundings, new SchemaKeys(byPid));
        ResolvedFiles resolved = new ResolvedFiles(resolver, base, files.keySet(), resolution);
        DraftBuilder builder = new DraftBuilder(resolved, byPid, checks, fingerprints);
        Map<ConfigId, Map<String, ConfigValue>> values = resolution.values();
        values.forEach(builder::add);
        checks.retain(values.keySet());
        builder.addAll(namedErrors(ReferenceCheck.check(values, byPid).problems()));
        builder.addAll(RuleCheck.run(schemas.rules(digests), values, builder.results(), byPid, RULES));
        return builder.build();
    }

    /** That somebody waits for a plugin is said once, by the configuration that the plugin is for. */
    private static List<Problem> namedErrors(List<Problem> found) {
        return found.stream().filter(Problem::isError).toList();
    }
}
