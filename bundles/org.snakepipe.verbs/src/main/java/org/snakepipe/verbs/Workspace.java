// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.ConfigDirectory;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.Environment;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.validation.ConfigValidator;
import org.snakepipe.validation.ValidatedConfig;

/**
 * A configuration directory as it is on the disk at one moment, with what some plugins know of it. Needs no running runtime.
 * Not thread-safe.
 */
public final class Workspace {
    private final Path root;
    private final Map<String, byte[]> contents;
    private final List<Problem> unreadable;
    private final SchemaSource schemas;
    private final Surroundings surroundings;
    private final EnvironmentResolver resolver;
    private final ConfigValidator validator;
    private final ConfigFiles files;

    private Workspace(ConfigDirectory directory, SchemaSource schemas, Surroundings surroundings) {
        this.root = directory.root();
        this.contents = directory.files();
        this.unreadable = directory.problems();
        this.schemas = schemas;
        this.surroundings = surroundings;
        this.resolver = new EnvironmentResolver();
        this.validator = new ConfigValidator(resolver, schemas);
        this.files = resolver.read(contents);
    }

    private Workspace(Workspace before, Map<String, byte[]> contents) {
        this.root = before.root;
        this.unreadable = before.unreadable;
        this.contents = Collections.unmodifiableMap(contents);
        this.schemas = before.schemas;
        this.surroundings = before.surroundings;
        this.resolver = before.resolver;
        this.validator = before.validator;
        this.files = resolver.read(contents);
    }

    /** The same with another content of one file, in memory. */
    Workspace with(String path, byte[] content) {
        Map<String, byte[]> other = new TreeMap<>(contents);
        other.put(path, content);
        return new Workspace(this, other);
    }

    /**
     * Reads a directory, as {@link ConfigDirectory#read} does it.
     *
     * @param root         the directory
     * @param schemas      what plugins know
     * @param surroundings what counts beside the files
     * @return everything in it that can be read; {@link #unreadable()} tells the rest
     * @throws IOException if there is no such directory, or it cannot be listed
     */
    public static Workspace read(Path root, SchemaSource schemas, Surroundings surroundings) throws IOException {
        return new Workspace(ConfigDirectory.read(root), schemas, surroundings);
    }

    /**
     * The directory.
     *
     * @return its path, as it was given
     */
    public Path root() {
        return root;
    }

    /**
     * What lies in the directory and could not be read.
     *
     * @return an error for each, sorted by path
     */
    public List<Problem> unreadable() {
        return unreadable;
    }

    /**
     * All files.
     *
     * @return path below the directory, with {@code /}, to content; sorted
     */
    public Map<String, byte[]> contents() {
        return contents;
    }

    /**
     * The same for {@link #resolver()}.
     *
     * @return the files, read when they are needed
     */
    public ConfigFiles files() {
        return files;
    }

    /**
     * Who has read them.
     *
     * @return the resolver that {@link #files()} is good for
     */
    public EnvironmentResolver resolver() {
        return resolver;
    }

    /**
     * What counts beside the files.
     *
     * @return the surroundings
     */
    public Surroundings surroundings() {
        return surroundings;
    }

    /**
     * What the plugins know.
     *
     * @return PID to schema, sorted
     */
    public Map<String, Schema> schemas() {
        Map<String, Schema> byPid = new TreeMap<>();
        schemas.schemas(Set.of()).forEach(schema -> byPid.putIfAbsent(schema.pid(), schema));
        return byPid;
    }

    /**
     * The names of all environments.
     *
     * @return sorted; {@code dev} is always among them
     */
    public List<String> environments() {
        return resolver.environments(files).list().stream()
                .map(Environment::name)
                .toList();
    }

    /**
     * Makes sure that there is such an environment.
     *
     * @param name its name
     * @return the name
     * @throws UnknownNameException if there is not
     */
    public String required(String name) {
        List<String> known = environments();
        if (known.contains(name)) {
            return name;
        }
        List<String> near = Suggestions.nearest(name, known);
        throw new UnknownNameException("there is no environment '" + name + "' in " + root + " (allowed: "
                + String.join(", ", known) + ")" + (near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?"));
    }

    /**
     * Resolves and checks one environment.
     *
     * @param environment its name
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted while a rule runs
     */
    public ValidatedConfig validate(String environment) throws InterruptedException {
        ValidatedConfig config = validator.validate(files, environment, surroundings, Set.of());
        List<Problem> missing = unreadable(config.resolution().environment());
        if (missing.isEmpty()) {
            return config;
        }
        List<Problem> all = new ArrayList<>(missing);
        all.addAll(config.problems());
        return new ValidatedConfig(config.resolution(), config.configurations(), all);
    }

    /**
     * What is missing from the values of an environment, because it cannot be read or understood.
     *
     * @param config of {@link #validate}
     * @return errors, sorted by place
     */
    public List<Problem> incomplete(ValidatedConfig config) {
        List<Problem> all = new ArrayList<>(unreadable(config.resolution().environment()));
        config.resolution().problems().stream().filter(Problem::isError).forEach(all::add);
        return all;
    }

    /** Of the layers of an environment, and of what stands in no layer. */
    private List<Problem> unreadable(Environment environment) {
        return unreadable.stream()
                .filter(problem -> {
                    String[] steps = problem.origin().orElseThrow().source().split("/");
                    return !steps[0].equals("environments")
                            || steps.length < 2
                            || steps[1].equals(environment.name())
                            || environment.ancestors().contains(steps[1]);
                })
                .toList();
    }

    /**
     * One configuration of an environment.
     *
     * @param config of {@link #validate}
     * @param id     as people write it
     * @return what became of it
     * @throws IllegalArgumentException if the id is none; an {@link UnknownNameException} if nothing configures it
     */
    public static ValidatedConfig.Checked configuration(ValidatedConfig config, String id) {
        return Optional.ofNullable(config.configurations().get(ConfigId.parse(id)))
                .orElseThrow(() -> {
                    List<String> known = config.configurations().keySet().stream()
                            .map(ConfigId::toString)
                            .toList();
                    List<String> near = Suggestions.nearest(id, known);
                    return new UnknownNameException("nothing configures " + id
                            + (near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?"));
                });
    }
}
