// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.Optional;
import org.snakepipe.api.config.Format;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;

/** Whether what a schema says about a key makes sense. */
final class Definition {
    private Definition() {}

    /** The most elements that a cardinality allows. */
    static int most(int cardinality) {
        return cardinality == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(cardinality);
    }

    /** Throws an IllegalArgumentException that names the key and what its type allows. */
    static void requireSense(String key, Type type, int cardinality, Constraints constraints) {
        boolean text = type == Type.STRING || type == Type.PASSWORD;
        boolean integer = type == Type.BYTE || type == Type.SHORT || type == Type.INTEGER || type == Type.LONG;
        boolean port = constraints.format().equals(Optional.of(Format.Kind.port));
        require(text || constraints.pattern().isEmpty(), key, "pattern", type, "texts");
        require(text || constraints.length().isEmpty(), key, "length", type, "texts");
        require(text || constraints.reference().isEmpty(), key, "reference", type, "texts");
        require(text || !constraints.secret(), key, "secret", type, "texts");
        require(text || integer && port || constraints.format().isEmpty(), key, "format", type, "texts");
        require(integer || constraints.unit().isEmpty(), key, "unit", type, "integers");
        if (cardinality == 0 && constraints.count().isPresent()) {
            throw new IllegalArgumentException(key + " has a count and is no list (allowed: a count of lists)");
        }
    }

    private static void require(boolean sense, String key, String what, Type type, String allowed) {
        if (!sense) {
            throw new IllegalArgumentException(
                    key + " has a " + what + ", but the type " + type.name() + " (allowed: for " + allowed + ")");
        }
    }
}
