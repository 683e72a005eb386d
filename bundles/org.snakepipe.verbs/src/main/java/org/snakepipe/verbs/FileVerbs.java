// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.schema.JsonSchemaExport;
import org.snakepipe.schema.Schema;
import org.snakepipe.validation.SchemaKeys;
import org.snakepipe.validation.ValidatedConfig;
import org.snakepipe.validation.compare.Contracts;
import org.snakepipe.validation.compare.Difference;
import org.snakepipe.validation.compare.EnvironmentCheck;
import org.snakepipe.validation.compare.EnvironmentDiff;
import org.snakepipe.validation.compare.Finding;
import org.snakepipe.validation.compare.ResolvedExport;
import org.snakepipe.validation.edit.Edited;
import org.snakepipe.validation.edit.Fixes;
import org.snakepipe.validation.edit.NewFile;

/** What is asked of configuration files, whether a runtime runs them or not. Not thread-safe. */
public final class FileVerbs {
    private final Workspace workspace;

    /**
     * For one directory.
     *
     * @param workspace the directory
     */
    public FileVerbs(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * What an environment comes to; secrets masked.
     *
     * @param environment its name
     * @param id          of one configuration; empty for all of them
     * @return keys, values and places
     * @throws InterruptedException     if the caller is interrupted
     * @throws IllegalArgumentException if there is no such environment or configuration
     */
    public Answer resolve(String environment, String id) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        if (!id.isEmpty()) {
            ValidatedConfig.Checked one = Workspace.configuration(config, id);
            return ValueText.all(waiting(one), one.values());
        }
        List<String> lines = new ArrayList<>();
        config.configurations().forEach((known, one) -> {
            lines.add((lines.isEmpty() ? "" : "\n") + known);
            ValueText.all(waiting(one), one.values()).lines().stream()
                    .filter(line -> !line.startsWith("KEY "))
                    .forEach(line -> lines.add("  " + line));
        });
        return Answer.of(lines, ResolvedExport.of(config).tree());
    }

    private static List<String> waiting(ValidatedConfig.Checked one) {
        return one.waiting().isEmpty() ? List.of() : List.of("WAITING: " + one.waiting());
    }

    /**
     * Why a key has its value, and what it hides.
     *
     * @param environment its name
     * @param id          of the configuration
     * @param key         one of its keys
     * @return the value and its places
     * @throws InterruptedException     if the caller is interrupted
     * @throws IllegalArgumentException if there is no such environment, configuration or key
     */
    public Answer explain(String environment, String id, String key) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        return ValueText.explained(id, key, Workspace.configuration(config, id).values());
    }

    /**
     * The values of an environment, to be compared.
     *
     * @param environment its name
     * @return all values, secrets masked
     * @throws InterruptedException     if the caller is interrupted
     * @throws IllegalArgumentException if there is no such environment
     */
    public ResolvedExport export(String environment) throws InterruptedException {
        return ResolvedExport.of(workspace.validate(workspace.required(environment)));
    }

    /**
     * The values of an environment as a runtime tells them of itself.
     *
     * @param environment its name
     * @return id to key to value, as it is written
     * @throws InterruptedException     if the caller is interrupted
     * @throws IllegalArgumentException if there is no such environment
     */
    public Map<String, Object> values(String environment) throws InterruptedException {
        Map<String, Object> tree = new LinkedHashMap<>();
        workspace
                .validate(workspace.required(environment))
                .configurations()
                .forEach((id, one) -> tree.put(id.toString(), ValueText.tree(one.values())));
        return tree;
    }

    /**
     * Compares.
     *
     * @param left  the one side
     * @param right the other
     * @return a line for each difference; exit code 1 when there are any
     */
    public static Answer diff(ResolvedExport left, ResolvedExport right) {
        List<Difference> differences = EnvironmentDiff.between(left, right);
        List<String> lines = new ArrayList<>();
        List<Object> data = new ArrayList<>();
        for (Difference difference : differences) {
            lines.add(difference.toString());
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", difference.id().toString());
            difference.key().ifPresent(key -> one.put("key", key));
            difference.left().ifPresent(value -> one.put("left", value));
            difference.right().ifPresent(value -> one.put("right", value));
            one.put("side", difference.side().name());
            data.add(one);
        }
        lines.add(
                switch (differences.size()) {
                    case 0 -> "no difference";
                    case 1 -> "1 difference";
                    default -> differences.size() + " differences";
                });
        return new Answer(differences.isEmpty() ? 0 : 1, lines, data);
    }

    /**
     * Looks at all environments beside one another, and at what {@code contracts.yaml} lays down.
     *
     * @return what was found, sorted by place
     */
    public List<Finding> checkEnvironments() {
        byte[] written = workspace.contents().get(Contracts.FILE);
        Contracts contracts = written == null ? Contracts.NONE : Contracts.read(Contracts.FILE, written);
        return new EnvironmentCheck(workspace.resolver(), workspace.schemas()).check(workspace.files(), contracts);
    }

    /**
     * How many of which.
     *
     * @param findings of {@link #checkEnvironments}
     * @return a line
     */
    public static String summary(List<Finding> findings) {
        return count(findings, Finding.Level.ERROR, "error") + ", " + count(findings, Finding.Level.WARNING, "warning")
                + ", " + count(findings, Finding.Level.NOTE, "note");
    }

    private static String count(List<Finding> findings, Finding.Level level, String what) {
        long number =
                findings.stream().filter(finding -> finding.level() == level).count();
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /**
     * What is wrong.
     *
     * @param environments names of environments that there are
     * @return environment to what is wrong in it, in the order given
     * @throws InterruptedException if the caller is interrupted
     */
    public Map<String, List<Problem>> problems(List<String> environments) throws InterruptedException {
        Map<String, List<Problem>> problems = new LinkedHashMap<>();
        for (String environment : environments) {
            problems.put(environment, workspace.validate(environment).problems());
        }
        return problems;
    }

    /**
     * A file that can be mended.
     *
     * @param path   below the directory
     * @param edited what it is to be
     */
    public record Mended(String path, Edited edited) {}

    /**
     * Mends files, in memory, where nothing has to be guessed.
     *
     * @param environments names of environments that there are; what is mended makes none of them worse
     * @return the files that are others then
     * @throws InterruptedException if the caller is interrupted
     */
    public List<Mended> mend(List<String> environments) throws InterruptedException {
        Map<String, Set<Problem>> byFile = new TreeMap<>();
        for (List<Problem> found : problems(environments).values()) {
            for (Problem problem : found) {
                String path = problem.origin().map(Origin::source).orElse("");
                if (workspace.contents().containsKey(path)) {
                    byFile.computeIfAbsent(path, absent -> new LinkedHashSet<>())
                            .add(problem);
                }
            }
        }
        KnownKeys known = new SchemaKeys(workspace.schemas());
        Workspace now = workspace;
        List<Mended> mended = new ArrayList<>();
        for (Map.Entry<String, Set<Problem>> file : byFile.entrySet()) {
            String path = file.getKey();
            Workspace before = now;
            Edited edited = Fixes.apply(
                    path,
                    before.contents().get(path),
                    distinct(file.getValue()),
                    known,
                    content -> errors(before.with(path, content), environments));
            if (edited.isChanged()) {
                mended.add(new Mended(path, edited));
                now = before.with(path, edited.content());
            }
        }
        return mended;
    }

    private static List<Problem> distinct(Set<Problem> problems) {
        Map<String, Problem> distinct = new LinkedHashMap<>();
        problems.forEach(problem -> distinct.putIfAbsent(problem.code() + problem, problem));
        return List.copyOf(distinct.values());
    }

    private static int errors(Workspace changed, List<String> environments) {
        try {
            return (int) new FileVerbs(changed)
                    .problems(environments).values().stream()
                            .flatMap(List::stream)
                            .filter(Problem::isError)
                            .count();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while files were mended", e);
        }
    }

    /**
     * A file with everything that may be configured.
     *
     * @param id of the configuration that is to be made
     * @return its text
     * @throws IllegalArgumentException if no plugin knows the PID, or the id is none
     */
    public String newFile(String id) {
        ConfigId parsed = ConfigId.parse(id);
        return NewFile.text(parsed, known(parsed.pid()));
    }

    private Schema known(String pid) {
        Map<String, Schema> schemas = workspace.schemas();
        Schema schema = schemas.get(pid);
        if (schema == null) {
            List<String> near = Suggestions.nearest(pid, schemas.keySet());
            throw new IllegalArgumentException("no plugin knows the PID " + pid
                    + (near.isEmpty()
                            ? " (known: " + String.join(", ", schemas.keySet()) + ")"
                            : ", did you mean " + String.join(" or ", near) + "?"));
        }
        return schema;
    }

    /**
     * JSON Schema.
     *
     * @param pid one PID; empty for files that hold several configurations
     * @return a tree
     * @throws IllegalArgumentException if no plugin knows the PID
     */
    public Map<String, Object> schema(String pid) {
        return pid.isEmpty()
                ? JsonSchemaExport.of(workspace.schemas().values(), JsonSchemaExport.Extent.LAYER)
                : JsonSchemaExport.of(known(pid), JsonSchemaExport.Extent.WHOLE);
    }

    /**
     * All of them.
     *
     * @param pid one PID; empty for all, and {@code snakepipe} for files that hold several configurations
     * @return PID to tree
     * @throws IllegalArgumentException if no plugin knows the PID
     */
    public Map<String, Map<String, Object>> schemas(String pid) {
        if (!pid.isEmpty()) {
            return Map.of(pid, schema(pid));
        }
        Map<String, Map<String, Object>> all = new TreeMap<>(Map.of("snakepipe", schema("")));
        workspace.schemas().keySet().forEach(known -> all.put(known, schema(known)));
        return all;
    }
}
