// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.validation.ConfigValidator;

/** A configuration directory in memory, of stores that have a url, a size (10 unless said otherwise) and a token. */
final class Trees {
    static final Schema STORE = new Schema(
            "a.store",
            true,
            "",
            "",
            List.of(
                    attribute("url", Attribute.Type.STRING, true, 0),
                    attribute("size", Attribute.Type.INTEGER, false, 0, "10"),
                    attribute("names", Attribute.Type.STRING, false, 9),
                    attribute("token", Attribute.Type.PASSWORD, false, 0)));
    static final Schema LONE =
            new Schema("a.lone", false, "", "", List.of(attribute("on", Attribute.Type.BOOLEAN, false, 0, "true")));

    final EnvironmentResolver resolver = new EnvironmentResolver();
    private final Map<String, byte[]> files = new TreeMap<>();

    static Trees tree() {
        return new Trees();
    }

    private static Attribute attribute(
            String key, Attribute.Type type, boolean required, int cardinality, String... defaults) {
        return new Attribute(
                key,
                type,
                cardinality,
                required,
                List.of(defaults),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                "");
    }

    static Map<String, Schema> schemas() {
        return List.of(STORE, LONE).stream().collect(Collectors.toMap(Schema::pid, Function.identity()));
    }

    Trees file(String path, String... lines) {
        files.put(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Trees environment(String name, String... parents) {
        return file(
                "environments/" + name + "/environment.cfg",
                parents.length == 0 ? "description = x" : "extends = " + String.join(", ", parents));
    }

    Map<String, byte[]> contents() {
        return files;
    }

    ConfigFiles files() {
        return resolver.read(files);
    }

    /** What an environment comes to, checked. */
    ResolvedExport export(String environment) throws InterruptedException {
        SchemaSource source = new SchemaSource() {
            @Override
            public Collection<Schema> schemas(Set<String> digests) {
                return Trees.schemas().values();
            }

            @Override
            public Collection<RuleSource> rules(Set<String> digests) {
                return List.of();
            }
        };
        return ResolvedExport.of(
                new ConfigValidator(resolver, source).validate(files(), environment, Surroundings.offline(), Set.of()));
    }

    /** What it finds of some kinds: the lines that people read, each with its kind. */
    List<String> found(String contracts, Finding.Kind... kinds) {
        Contracts read = contracts.isEmpty()
                ? Contracts.NONE
                : Contracts.read("contracts.yaml", contracts.getBytes(StandardCharsets.UTF_8));
        return new EnvironmentCheck(resolver, schemas())
                .check(files(), read).stream()
                        .filter(finding -> kinds.length == 0 || Set.of(kinds).contains(finding.kind()))
                        .map(Finding::toString)
                        .toList();
    }
}
