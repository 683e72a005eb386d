// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.itest.epic.Guide.Block;
import org.snakepipe.itest.epic.Guide.Scene;
import org.snakepipe.runtime.Home;
import org.snakepipe.schema.JsonSchemaExport;
import org.snakepipe.schema.JsonSchemaExport.Extent;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.testing.Agreement;
import org.snakepipe.schema.testing.Networknt;
import org.snakepipe.validation.compare.Contracts;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The JSON Schema of the distribution, held against its configuration, its guide, and random documents. */
class ShippedJsonSchemaIT {
    private static final int DOCUMENTS = 200;
    /** Where the guide shows what is wrong. */
    private static final Set<String> WRONG = Set.of("Required keys, patterns, formats");

    private static ShippedSchemas shipped;

    @BeforeAll
    static void readTheBundles() throws Exception {
        shipped = ShippedSchemas.read();
    }

    @Test
    void agreesWithOurValidatorOfRandomDocuments() {
        for (Schema schema : shipped.schemas().values()) {
            Agreement agreement = new Agreement(schema, 1).compare(DOCUMENTS);

            assertThat(agreement.wrong()).as("wrong of %s", schema.pid()).isPositive();
            if (schema.traits().reserved().isEmpty()) {
                assertThat(agreement.right()).as("right of %s", schema.pid()).isPositive();
            }
        }
    }

    @Test
    void takesWhatIsDeliveredInEachEnvironment() throws Exception {
        Map<String, byte[]> files = config();
        Map<String, Networknt> schemas = new TreeMap<>();
        shipped.schemas()
                .forEach((pid, schema) -> schemas.put(pid, new Networknt(JsonSchemaExport.of(schema, Extent.WHOLE))));
        for (String environment : Set.of("dev", "prod", "prod-eu-blue", "staging-us")) {
            Checked checked = new Checked(files, environment, Surroundings.offline(), shipped);

            assertThat(checked.delivered())
                    .isNotEmpty()
                    .allSatisfy((id, values) -> assertThat(schemas.get(id.pid()).errors(values))
                            .as("%s in %s", id, environment)
                            .isEmpty());
        }
    }

    @Test
    void saysOfTheExamplesOfTheGuideWhatTheGuideSays() throws IOException {
        Networknt layer = new Networknt(JsonSchemaExport.of(shipped.schemas().values(), Extent.LAYER));
        int examples = 0;
        for (Scene scene : Guide.read().scenes()) {
            for (Block block : scene.blocks()) {
                if (block.is("yaml") && !block.title().endsWith(Contracts.FILE)) {
                    assertThat(layer.accepts(yaml(block)))
                            .as("%s: %s", block, layer.errors(yaml(block)))
                            .isEqualTo(!WRONG.contains(scene.heading()));
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(5);
    }

    private static Object yaml(Block block) {
        return new Load(LoadSettings.builder().build()).loadFromString(String.join("\n", block.text()));
    }

    private static Map<String, byte[]> config() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Path config = Home.INSTALLATION.resolve("config");
        try (Stream<Path> all = Files.walk(config)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(config.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
