// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.environment.ConfigFiles;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.itest.epic.Guide.Block;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;
import org.snakepipe.validation.ConfigValidator;
import org.snakepipe.validation.compare.Contracts;
import org.snakepipe.validation.compare.EnvironmentCheck;
import org.snakepipe.validation.compare.EnvironmentDiff;
import org.snakepipe.validation.compare.ResolvedExport;

/** Environments beside one another, with the schemas of the distribution. */
final class Comparison {
    /** The blocks of the guide that are compared; the title of one is {@code environments LEFT, RIGHT}, or that of all. */
    static final Set<String> OUTCOMES = Set.of("findings", "differences");

    private static final String TITLE = "environments ";

    private final EnvironmentResolver resolver = new EnvironmentResolver();
    private final Map<String, byte[]> files;
    private final ConfigFiles read;
    private final ShippedSchemas shipped;

    Comparison(Map<String, byte[]> files, ShippedSchemas shipped) {
        this.files = files;
        this.read = resolver.read(files);
        this.shipped = shipped;
    }

    List<String> outcome(Block block) throws InterruptedException {
        return block.is("findings") ? findings() : differences(block);
    }

    private List<String> findings() {
        byte[] contracts = files.get(Contracts.FILE);
        return new EnvironmentCheck(resolver, shipped.schemas())
                .check(read, contracts == null ? Contracts.NONE : Contracts.read(Contracts.FILE, contracts)).stream()
                        .map(Object::toString)
                        .toList();
    }

    private List<String> differences(Block block) throws InterruptedException {
        assertThat(block.title()).as("%s", block).startsWith(TITLE);
        String[] names = block.title().substring(TITLE.length()).split(", ");
        return EnvironmentDiff.between(export(names[0]), export(names[1])).stream()
                .map(Object::toString)
                .toList();
    }

    private ResolvedExport export(String environment) throws InterruptedException {
        SchemaSource source = new SchemaSource() {
            @Override
            public Collection<Schema> schemas(Set<String> digests) {
                return shipped.schemas().values();
            }

            @Override
            public Collection<RuleSource> rules(Set<String> digests) {
                // They change no value, and other scenes run them at the same time.
                return List.of();
            }
        };
        return ResolvedExport.of(
                new ConfigValidator(resolver, source).validate(read, environment, Surroundings.offline(), Set.of()));
    }
}
