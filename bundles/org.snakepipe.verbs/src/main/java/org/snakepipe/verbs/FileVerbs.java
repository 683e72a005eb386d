// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.Problem;
import org.snakepipe.validation.ValidatedConfig;
import org.snakepipe.validation.compare.Contracts;
import org.snakepipe.validation.compare.Difference;
import org.snakepipe.validation.compare.EnvironmentCheck;
import org.snakepipe.validation.compare.EnvironmentDiff;
import org.snakepipe.validation.compare.Finding;
import org.snakepipe.validation.compare.ResolvedExport;

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
     * @throws UnknownNameException     if there is no such environment or configuration
     */
    public Answer resolve(String environment, String id) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        if (!id.isEmpty()) {
            ValidatedConfig.Checked one = Workspace.configuration(config, id);
            return ValueText.all(waiting(one), one.values()).without(workspace.incomplete(config));
        }
        List<String> lines = new ArrayList<>();
        config.configurations().forEach((known, one) -> {
            lines.add((lines.isEmpty() ? "" : "\n") + known);
            ValueText.all(waiting(one), one.values()).lines().stream()
                    .filter(line -> !line.startsWith("KEY "))
                    .forEach(line -> lines.add("  " + line));
        });
        return Answer.of(lines, ResolvedExport.of(config).tree()).without(workspace.incomplete(config));
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
     * @throws UnknownNameException     if there is no such environment, configuration or key
     */
    public Answer explain(String environment, String id, String key) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        return ValueText.explained(id, key, Workspace.configuration(config, id).values())
                .without(workspace.incomplete(config));
    }

    /**
     * One side of a comparison.
     *
     * @param values  what is compared
     * @param missing why the values are not complete
     */
    public record Side(ResolvedExport values, List<Problem> missing) {
        /** Copies the list. */
        public Side {
            missing = List.copyOf(missing);
        }

        /**
         * A side that was read.
         *
         * @param tree as {@link ResolvedExport#fromTree} takes it
         * @return a complete side
         * @throws IllegalArgumentException if the tree is none of an export
         */
        public static Side of(Map<?, ?> tree) {
            return new Side(ResolvedExport.fromTree(tree), List.of());
        }
    }

    /**
     * The values of an environment, to be compared with those of another one.
     *
     * @param environment its name
     * @return all values, secrets masked
     * @throws InterruptedException if the caller is interrupted
     * @throws UnknownNameException if there is no such environment
     */
    public Side side(String environment) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        return new Side(ResolvedExport.of(config), workspace.incomplete(config));
    }

    /**
     * The values of an environment, to be compared with what a runtime tells of itself.
     *
     * @param environment its name
     * @return all values as they are written, secrets masked
     * @throws InterruptedException if the caller is interrupted
     * @throws UnknownNameException if there is no such environment
     */
    public Side writtenSide(String environment) throws InterruptedException {
        ValidatedConfig config = workspace.validate(workspace.required(environment));
        Map<String, Object> tree = new LinkedHashMap<>();
        config.configurations().forEach((id, one) -> tree.put(id.toString(), ValueText.tree(one.values())));
        return new Side(ResolvedExport.fromTree(tree), workspace.incomplete(config));
    }

    /**
     * Compares.
     *
     * @param left  the one side
     * @param right the other
     * @return a line for each difference; exit code 1 when there are any, or when a side is not complete
     */
    public static Answer diff(Side left, Side right) {
        List<Difference> differences = EnvironmentDiff.between(left.values(), right.values());
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
        long hidden = EnvironmentDiff.notCompared(left.values(), right.values());
        lines.add(switch (differences.size()) {
                    case 0 -> "no difference";
                    case 1 -> "1 difference";
                    default -> differences.size() + " differences";
                }
                + (hidden == 0 ? "" : "; hidden values that cannot be compared: " + hidden));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("differences", data);
        all.put("notCompared", hidden);
        List<Problem> missing = new ArrayList<>(left.missing());
        missing.addAll(right.missing());
        return new Answer(differences.isEmpty() ? 0 : 1, lines, all).without(missing);
    }

    /**
     * Looks at all environments beside one another, and at what {@code contracts.yaml} lays down.
     *
     * @return what was found, sorted by place
     */
    public List<Finding> checkEnvironments() {
        byte[] written = workspace.contents().get(Contracts.FILE);
        Contracts contracts = written == null ? Contracts.NONE : Contracts.read(Contracts.FILE, written);
        List<Finding> findings = new ArrayList<>();
        workspace
                .unreadable()
                .forEach(problem ->
                        findings.add(new Finding(Finding.Kind.UNREADABLE, Finding.Level.ERROR, problem, List.of())));
        findings.addAll(
                new EnvironmentCheck(workspace.resolver(), workspace.schemas()).check(workspace.files(), contracts));
        return findings;
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
}
