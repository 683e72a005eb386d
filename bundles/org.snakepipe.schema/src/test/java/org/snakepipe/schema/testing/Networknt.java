// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.json.JsonMapper;

/** What networknt says of documents and an exported schema. */
public final class Networknt {
    static {
        // It would warn that nobody listens.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final String export;
    private final Schema schema;

    /** Reads the export as a text, as anybody would. */
    public Networknt(Map<String, Object> export) {
        this.export = JSON.writeValueAsString(export);
        schema = REGISTRY.getSchema(this.export);
    }

    /** What is wrong with a document. */
    public List<Error> errors(Object document) {
        return schema.validate(JSON.<JsonNode>valueToTree(document));
    }

    /** Whether a document is right. */
    public boolean accepts(Object document) {
        return errors(document).isEmpty();
    }

    /** Empty when it breaks down: it cannot compare a number beyond 64 bits with a bound that is an integer. */
    Optional<Boolean> verdict(Object document) {
        try {
            return Optional.of(accepts(document));
        } catch (JsonNodeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return export;
    }
}
