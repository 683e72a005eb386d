// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakepipe.schema.FelixMetatypeTest.Document;
import org.snakepipe.schema.testing.Agreement;
import org.snakepipe.schema.testing.RandomSchema;

/** Our validator, and networknt on what is exported: of the same documents they say the same. */
class JsonSchemaDifferentialTest {
    /** {@code -Plong} sets more. Whatever the number, the first ones are always the same. */
    private static final int DOCUMENTS = Integer.getInteger("snakepipe.documents", 3000);

    private static final int OF_A_SCHEMA = 15;

    @Test
    void agreesOfSchemasOfAllKinds() {
        int right = 0;
        int wrong = 0;
        int broken = 0;
        for (int seed = 0; seed < DOCUMENTS / OF_A_SCHEMA; seed++) {
            Schema schema = new RandomSchema(new Random(seed)).next("p" + seed);
            Agreement agreement = new Agreement(schema, seed).compare(OF_A_SCHEMA);
            right += agreement.right();
            wrong += agreement.wrong();
            broken += agreement.broken();
        }

        assertThat(right).as("right of %d documents", DOCUMENTS).isGreaterThan(DOCUMENTS / 5);
        assertThat(wrong).as("wrong of %d documents", DOCUMENTS).isGreaterThan(DOCUMENTS / 5);
        assertThat(broken).as("not compared of %d documents", DOCUMENTS).isLessThan(DOCUMENTS / 50);
    }

    @ParameterizedTest
    @MethodSource("org.snakepipe.schema.FelixMetatypeTest#documents")
    void agreesOfWhatOthersShip(Document document) throws IOException, MetatypeException {
        try (JarFile file = new JarFile(document.jar());
                InputStream xml = document.open(file)) {
            List<Schema> schemas = MetatypeReader.read(xml, document.toString());

            for (Schema schema : schemas) {
                assertThat(new Agreement(schema, 1).compare(OF_A_SCHEMA).wrong())
                        .as(schema.pid())
                        .isPositive();
            }
        }
    }
}
