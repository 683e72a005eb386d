// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.EnvironmentInfo;
import org.snakepipe.control.FileContent;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentManager;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.environment.Resolution;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaValidator;
import org.snakepipe.schema.ValidationResult;

/** Resolves and validates: files to a draft. Pure: the same files, schemas and variables give the same draft. */
final class Drafter {
    /** The PID that is written last, so that its arrival proves the others'. */
    static final String BARRIER = "snakepipe.rollout.barrier";

    private static final String FILEINSTALL = "org.apache.felix.fileinstall";
    private static final String MASK = "<set>";

    private final String environment;
    private final Surroundings surroundings;
    private final EnvironmentManager resolver = new EnvironmentResolver();
    private final SchemaValidator validator = SchemaValidator.create();

    Drafter(String environment, Map<String, String> variables) {
        this.environment = environment;
        this.surroundings = Surroundings.live(variables, SecretNames.of(Set.of()));
    }

    Draft draft(Map<String, FileContent> files, Collection<Schema> schemas) {
        Map<String, Schema> byPid = new HashMap<>();
        schemas.forEach(schema -> byPid.putIfAbsent(schema.pid(), schema));
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((path, content) -> bytes.put(path, content.bytes()));
        ConfigFiles base = resolver.read(bytes);
        Resolution resolution = resolver.resolve(base, environment, surroundings, new Known(byPid));
        Parts parts = new Parts(files.keySet(), byPid, halfRead(resolution.problems()));
        parts.problems.addAll(resolution.problems());
        resolution.values().forEach((id, values) -> parts.add(id, values, byPid.get(id.pid())));
        List<EnvironmentInfo> environments = resolver.environments(base).list().stream()
                .map(known -> new EnvironmentInfo(
                        known.name(),
                        known.ancestors(),
                        known.description(),
                        known.name().equals(environment)))
                .toList();
        return new Draft(parts.typed, parts.states, parts.secrets, environments, parts.problems);
    }

    /** Configurations with a file that could not be read to its end: what seems to be missing may be in it. */
    private static Set<ConfigId> halfRead(List<Problem> problems) {
        Set<ConfigId> ids = new HashSet<>();
        problems.stream()
                .filter(problem -> problem.isError() && problem.key().isEmpty())
                .forEach(problem -> problem.id().ifPresent(ids::add));
        return ids;
    }

    private static boolean isMissing(Problem problem) {
        return problem.code().equals("key.missing");
    }

    /** What the schemas know, for the names of environment variables. */
    private record Known(Map<String, Schema> byPid) implements KnownKeys {
        @Override
        public Set<String> keys(String pid) {
            Schema schema = byPid.get(pid);
            Set<String> keys = new HashSet<>();
            if (schema != null) {
                schema.attributes().forEach(attribute -> keys.add(attribute.key()));
            }
            return keys;
        }

        @Override
        public Set<String> singletons() {
            Set<String> pids = new HashSet<>();
            byPid.values().stream().filter(schema -> !schema.isFactory()).forEach(schema -> pids.add(schema.pid()));
            return pids;
        }

        @Override
        public boolean isSecret(String pid, String key) {
            Schema schema = byPid.get(pid);
            return schema != null
                    && schema.attribute(key).filter(Attribute::isSecret).isPresent();
        }

        @Override
        public List<String> defaults(String pid, String key) {
            Schema schema = byPid.get(pid);
            return schema == null
                    ? List.of()
                    : schema.attribute(key).map(Attribute::defaults).orElse(List.of());
        }
    }

    private final class Parts {
        final Map<ConfigId, Map<String, Object>> typed = new TreeMap<>();
        final Map<ConfigId, ConfigState> states = new TreeMap<>();
        final Map<ConfigId, Set<String>> secrets = new HashMap<>();
        final List<Problem> problems = new ArrayList<>();
        private final Set<String> files;
        private final Map<String, Schema> schemas;
        private final Set<ConfigId> unreadable;

        Parts(Set<String> files, Map<String, Schema> schemas, Set<ConfigId> unreadable) {
            this.files = files;
            this.schemas = schemas;
            this.unreadable = unreadable;
        }

        void add(ConfigId id, Map<String, ConfigValue> values, Schema schema) {
            if (id.pid().equals(BARRIER) || id.pid().equals(FILEINSTALL)) {
                problems.add(at(
                        Problem.error(
                                "pid.reserved",
                                "the PID " + id.pid() + " belongs to the runtime: remove" + " the file"),
                        id,
                        values));
            } else if (schema == null) {
                String reason = "no plugin knows " + id.pid() + " yet";
                states.put(id, new ConfigState(id, ConfigState.State.WAITING, reason, values));
                Problem.Builder waiting = Problem.warning("pid.waiting", id + " waits: " + reason);
                problems.add(at(waiting.fixes(misspelt(id.pid())), id, values));
            } else if (schema.isFactory() != id.isFactory()) {
                problems.add(at(
                        Problem.error(
                                "pid.factory",
                                schema.isFactory()
                                        ? id + " needs a name, as there may be several: " + id.pid() + "~NAME.cfg"
                                        : id + " has a name, but there is only one: " + id.pid() + ".cfg"),
                        id,
                        values));
            } else {
                validate(id, values, schema);
            }
        }

        private void validate(ConfigId id, Map<String, ConfigValue> values, Schema schema) {
            ValidationResult validation = validator.validate(id, values, schema);
            validation.problems().stream()
                    .filter(problem -> !isMissing(problem) || !unreadable.contains(id))
                    .map(problem -> isMissing(problem) ? at(id, problem) : problem)
                    .forEach(problems::add);
            Set<String> secret = new HashSet<>();
            schema.attributes().stream().filter(Attribute::isSecret).forEach(attribute -> secret.add(attribute.key()));
            secrets.put(id, secret);
            Map<String, ConfigValue> shown = new TreeMap<>();
            validation
                    .effective()
                    .forEach((key, value) -> shown.put(key, secret.contains(key) ? masked(value) : value));
            states.put(id, new ConfigState(id, ConfigState.State.PUBLISHED, "", shown));
            if (validation.isValid()) {
                typed.put(id, validation.typed());
            }
        }

        /** A key is missing in no line: the lowest file is where it most likely belongs. */
        private Problem at(ConfigId id, Problem problem) {
            return files.stream()
                    .filter(path -> path.endsWith("/" + id + ".cfg"))
                    .findFirst()
                    .map(path -> Problem.error(problem.code(), problem.message())
                            .id(id)
                            .key(problem.key().orElse(null))
                            .at(new Origin("", path, 0, 0))
                            .fixes(problem.fixes())
                            .build())
                    .orElse(problem);
        }

        /** Only the last word of a PID is compared: families have names that are much alike. */
        private List<Fix> misspelt(String pid) {
            int dot = pid.lastIndexOf('.') + 1;
            Map<String, String> siblings = new TreeMap<>();
            schemas.keySet().stream()
                    .filter(known -> known.length() > dot && known.regionMatches(true, 0, pid, 0, dot))
                    .forEach(known -> siblings.put(known.substring(dot), known));
            return Suggestions.nearest(pid.substring(dot), siblings.keySet()).stream()
                    .map(word -> Fix.rename(siblings.get(word)))
                    .toList();
        }

        private Problem at(Problem.Builder problem, ConfigId id, Map<String, ConfigValue> values) {
            problem.id(id);
            values.values().stream().findFirst().ifPresent(value -> problem.at(value.origin()));
            return problem.build();
        }
    }

    private static ConfigValue masked(ConfigValue value) {
        List<ConfigValue> shadowed = value.shadowed().stream()
                .map(hidden -> ConfigValue.of(MASK, hidden.origin()))
                .toList();
        return new ConfigValue(MASK, value.origin(), shadowed);
    }
}
