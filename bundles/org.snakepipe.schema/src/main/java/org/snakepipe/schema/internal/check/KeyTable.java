// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.Collection;

/** The keys of a schema, sorted and numbered. Immutable. */
final class KeyTable {
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final String[] keys;
    private final String[] slots;
    private final int[] numbers;
    private final int mask;
    private final int shift;

    KeyTable(Collection<String> keys) {
        this.keys = keys.stream().sorted().toArray(String[]::new);
        int size = Integer.highestOneBit(Math.max(1, this.keys.length)) * 4;
        slots = new String[size];
        numbers = new int[size];
        mask = size - 1;
        shift = Integer.numberOfLeadingZeros(mask);
        for (int number = 0; number < this.keys.length; number++) {
            int slot = slot(this.keys[number]);
            while (slots[slot] != null) {
                slot = slot + 1 & mask;
            }
            slots[slot] = this.keys[number];
            numbers[slot] = number;
        }
    }

    int size() {
        return keys.length;
    }

    String key(int number) {
        return keys[number];
    }

    /** The number of a key; -1 when it is not known. */
    int number(String key) {
        for (int slot = slot(key); slots[slot] != null; slot = slot + 1 & mask) {
            if (slots[slot].equals(key)) {
                return numbers[slot];
            }
        }
        return -1;
    }

    /** Keys that differ in a digit have hashes side by side, which the golden ratio spreads. */
    private int slot(String key) {
        return key.hashCode() * GOLDEN_RATIO >>> shift;
    }
}
