// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Suggestions;
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
    private static final int DEEPEST = 8;

    private final Path root;
    private final Map<String, byte[]> contents;
    private final SchemaSource schemas;
    private final Surroundings surroundings;
    private final EnvironmentResolver resolver;
    private final ConfigValidator validator;
    private final ConfigFiles files;

    private Workspace(Path root, Map<String, byte[]> contents, SchemaSource schemas, Surroundings surroundings) {
        this.root = root;
        this.contents = Collections.unmodifiableMap(contents);
        this.schemas = schemas;
        this.surroundings = surroundings;
        this.resolver = new EnvironmentResolver();
        this.validator = new ConfigValidator(resolver, schemas);
        this.files = resolver.read(contents);
    }

    private Workspace(Workspace before, Map<String, byte[]> contents) {
        this.root = before.root;
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
     * Reads a directory. Links are followed; hidden files and directories are passed over, as the runtime does it.
     *
     * @param root         the directory
     * @param schemas      what plugins know
     * @param surroundings what counts beside the files
     * @return everything in it
     * @throws IOException if there is no such directory, or a file in it cannot be read
     */
    public static Workspace read(Path root, SchemaSource schemas, Surroundings surroundings) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        Map<String, byte[]> contents = new TreeMap<>();
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(root) && isHidden(directory);
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !isHidden(file)) {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    contents.put(path, Files.readAllBytes(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new Workspace(root, contents, schemas, surroundings);
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
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
     * @throws IllegalArgumentException if there is not
     */
    public String required(String name) {
        List<String> known = environments();
        if (known.contains(name)) {
            return name;
        }
        List<String> near = Suggestions.nearest(name, known);
        throw new IllegalArgumentException("there is no environment '" + name + "' in " + root + " (allowed: "
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
        return validator.validate(files, environment, surroundings, Set.of());
    }

    /**
     * One configuration of an environment.
     *
     * @param config of {@link #validate}
     * @param id     as people write it
     * @return what became of it
     * @throws IllegalArgumentException if the id is none, or nothing configures it
     */
    public static ValidatedConfig.Checked configuration(ValidatedConfig config, String id) {
        return Optional.ofNullable(config.configurations().get(ConfigId.parse(id)))
                .orElseThrow(() -> {
                    List<String> known = config.configurations().keySet().stream()
                            .map(ConfigId::toString)
                            .toList();
                    List<String> near = Suggestions.nearest(id, known);
                    return new IllegalArgumentException("nothing configures " + id
                            + (near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?"));
                });
    }
}
