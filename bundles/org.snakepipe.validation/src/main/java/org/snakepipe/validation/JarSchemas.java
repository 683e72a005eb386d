// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.MetatypeException;
import org.snakepipe.schema.MetatypeReader;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;

/**
 * What some jars know of configuration, without a framework and without loading a class of theirs. All of them count, whatever
 * digests are asked for. Immutable.
 */
public final class JarSchemas implements SchemaSource {
    private static final String OURS = "org.snakepipe.";

    private final Map<String, Schema> schemas = new LinkedHashMap<>();
    private final List<RuleSource> rules = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private JarSchemas() {}

    /**
     * Reads jars. Of several that describe a PID, one of ours counts, then the first: the product describes PIDs of third
     * parties that describe too little themselves.
     *
     * @param jars what to read
     * @return what they know; jars that cannot be read are among the {@link #problems}
     */
    public static JarSchemas of(List<Path> jars) {
        JarSchemas all = new JarSchemas();
        jars.stream()
                .sorted(Comparator.comparing(
                        jar -> !jar.getFileName().toString().startsWith(OURS)))
                .forEach(all::add);
        return all;
    }

    private void add(Path path) {
        try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ)) {
            MetatypeReader.readJar(jar).forEach(schema -> schemas.putIfAbsent(schema.pid(), schema));
            RuleSource found = RuleSource.readJar(jar);
            if (!found.isEmpty()) {
                rules.add(found);
            }
        } catch (IOException | MetatypeException | IllegalArgumentException e) {
            problems.add(Problem.warning(
                            "jar.unreadable", "the jar is passed over, and its PIDs are not known: " + e.getMessage())
                    .at(new Origin("", path.toString(), 0, 0))
                    .build());
        }
    }

    @Override
    public Collection<Schema> schemas(Set<String> digests) {
        return List.copyOf(schemas.values());
    }

    @Override
    public Collection<RuleSource> rules(Set<String> digests) {
        return List.copyOf(rules);
    }

    /**
     * Jars that could not be read.
     *
     * @return a warning for each
     */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
