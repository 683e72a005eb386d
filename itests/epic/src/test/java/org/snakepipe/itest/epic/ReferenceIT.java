// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakepipe.validation.reference.ReferencePages;

/** The reference says what the shipped jars know. With {@code -Dreference.write=true} it is written first. */
class ReferenceIT {
    private static final Path PAGES = Guide.DOCS.resolve("reference");

    @Test
    void isWhatTheShippedJarsKnow() throws Exception {
        Map<String, String> made =
                new ReferencePages(ShippedSchemas.read().schemas().values()).all();
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(PAGES);
            for (Map.Entry<String, String> page : made.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
            }
        }
        Map<String, String> there = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                there.put(file.getFileName().toString(), Files.readString(file));
            }
        }

        assertThat(there)
                .as("docs/reference; write it anew: mvn verify -pl itests/epic -am -Dit.test=ReferenceIT"
                        + " -Dreference.write=true")
                .isEqualTo(made);
    }
}
