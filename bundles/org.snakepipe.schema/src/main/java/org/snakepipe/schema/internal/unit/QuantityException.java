// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.unit;

/** Says why a text is no duration or size. */
public final class QuantityException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean large;

    private QuantityException(String reason, boolean large) {
        super(reason);
        this.large = large;
    }

    static QuantityException syntax(Quantity quantity) {
        return new QuantityException("is not " + quantity.grammar(), false);
    }

    static QuantityException notWhole(Quantity quantity) {
        return new QuantityException("is no whole number of " + quantity.name(), false);
    }

    static QuantityException tooLarge() {
        return new QuantityException("is larger than any number of 64 bits", true);
    }

    /** Whether it can be read and is too large to hold. */
    public boolean isTooLarge() {
        return large;
    }
}
