// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.JsonSchemaExport;
import org.snakepipe.schema.JsonSchemaExport.Extent;
import org.snakepipe.schema.Schema;

/**
 * Compares our validator with networknt on what is exported, over documents of a seed.
 *
 * <p>Of the whole: both say the same, apart from the differences that {@link JsonSchemaExport} names. Of a layer: what is right
 * for us is right there, also as texts, with words, and nested; and a number or a Boolean is right there if it is right for us.
 */
public final class Agreement {
    private final Schema schema;
    private final String subject;
    private final Random random;
    private final Ours ours;
    private final Networknt whole;
    private final Networknt layer;
    private int right;
    private int wrong;
    private int broken;

    /**
     * Of a schema.
     *
     * @param seed says which documents
     */
    public Agreement(Schema schema, long seed) {
        this.schema = schema;
        subject = schema.pid() + ", seed " + seed;
        random = new Random(seed);
        ours = new Ours(schema);
        whole = new Networknt(JsonSchemaExport.of(schema, Extent.WHOLE));
        layer = new Networknt(JsonSchemaExport.of(schema, Extent.LAYER));
    }

    /** Compares so many documents; fails with the first one of which the two say different things. */
    public Agreement compare(int documents) {
        RandomDocument source = new RandomDocument(random, schema, ours::isRight);
        for (int number = 0; number < documents; number++) {
            Map<String, Object> document = source.next();
            Optional<Boolean> verdict = whole.verdict(document);
            if (verdict.isPresent()) {
                compare(document, verdict.get());
            } else {
                broken++;
            }
        }
        return this;
    }

    /** How many documents were right for both. */
    public int right() {
        return right;
    }

    /** How many documents were right for neither. */
    public int wrong() {
        return wrong;
    }

    /** How many documents networknt could not compare. */
    public int broken() {
        return broken;
    }

    private void compare(Map<String, Object> document, boolean passes) {
        boolean shouldPass = ours.shouldPass(document);
        assertThat(passes).as(about(document, whole)).isEqualTo(shouldPass);
        if (shouldPass) {
            right++;
        } else {
            wrong++;
        }
        if (ours.problems(document).isEmpty()) {
            assertLayer(document);
            assertLayer(Forms.nested(document, schema));
            assertLayer(Forms.withWord(document, random));
            Map<String, Object> texts = Forms.texts(document, schema);
            if (ours.problems(texts).isEmpty()) {
                assertLayer(texts);
            }
        }
        document.forEach(this::compareAlone);
    }

    private void assertLayer(Map<String, Object> document) {
        assertThat(layer.accepts(document)).as(about(document, layer)).isTrue();
    }

    private void compareAlone(String key, Object value) {
        Attribute attribute = schema.attribute(key).orElse(null);
        boolean typed = attribute != null
                && attribute.cardinality() == 0
                && !Ours.isWritten(attribute)
                && !(value instanceof String);
        if (typed && schema.traits().reserved().isEmpty()) {
            Map<String, Object> alone = new LinkedHashMap<>();
            alone.put(key, value);
            assertThat(layer.accepts(alone))
                    .as(about(alone, layer))
                    .isEqualTo(ours.isRight(key, Ours.seen(attribute, value)));
        }
    }

    private Supplier<String> about(Map<String, Object> document, Networknt theirs) {
        return () -> subject + ": " + document + "\nours: " + ours.problems(document) + "\ntheirs: "
                + theirs.errors(document) + "\n" + theirs;
    }
}
