// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.OtherEnvironments;
import org.snakepipe.environment.Resolution;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.ReferenceCheck;
import org.snakepipe.schema.RuleCheck;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;

/**
 * Resolves and checks. The same files, plugins and surroundings give the same result. What did not change since the last time
 * is not checked again. Not thread-safe.
 */
public final class ConfigValidator {
    /** The PID that the rollout writes last, so that its arrival proves the others': nobody else may configure it. */
    public static final String BARRIER = "snakepipe.rollout.barrier";

    private static final Duration RULES = Duration.ofSeconds(2);

    private final EnvironmentManager environments;
    private final SchemaSource schemas;
    private final Checks checks = new Checks();

    /**
     * With what it asks.
     *
     * @param environments resolves
     * @param schemas      what plugins know
     */
    public ConfigValidator(EnvironmentManager environments, SchemaSource schemas) {
        this.environments = environments;
        this.schemas = schemas;
    }

    /**
     * Resolves one environment and checks everything in it.
     *
     * @param files        read by the manager that this was made with
     * @param environment  its name
     * @param surroundings of the check
     * @param plugins      digests of the staged plugins that are to be there, as for {@link SchemaSource#schemas}
     * @return the result; what is wrong is in it, and throws nothing
     * @throws InterruptedException if the caller is interrupted while a rule runs
     */
    public ValidatedConfig validate(
            ConfigFiles files, String environment, Surroundings surroundings, Set<String> plugins)
            throws InterruptedException {
        Map<String, Schema> byPid = new HashMap<>();
        schemas.schemas(plugins).forEach(schema -> byPid.putIfAbsent(schema.pid(), schema));
        Resolution resolution = environments.resolve(files, environment, surroundings, new SchemaKeys(byPid));
        OtherEnvironments others = new OtherEnvironments(environments, files, environment);
        Examination examination = new Examination(resolution, byPid, checks, others::values);
        Map<ConfigId, Map<String, ConfigValue>> values = resolution.values();
        checks.prepare(values, byPid, others::values);
        values.forEach(examination::add);
        checks.retain(values.keySet());
        examination.addAll(errors(ReferenceCheck.check(values, byPid).problems()));
        examination.addAll(RuleCheck.run(schemas.rules(plugins), values, examination.results(), byPid, RULES));
        return examination.result();
    }

    /** That somebody waits for a plugin is said once, by the configuration that the plugin is for. */
    private static List<Problem> errors(List<Problem> found) {
        return found.stream().filter(Problem::isError).toList();
    }
}
