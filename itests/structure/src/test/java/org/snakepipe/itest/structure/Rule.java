// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

import java.util.Collection;
import java.util.TreeSet;

/**
 * A rule that the build holds.
 *
 * @param words   what it says
 * @param written where people find it, and why it is there
 */
record Rule(String words, String written) {
    /** A rule of the section of docs/architecture.md that lists them. */
    static Rule ofTheHouse(int number, String words) {
        return new Rule(words, "docs/architecture.md, \"What the build holds\", " + number);
    }

    /**
     * Fails when somebody breaks it.
     *
     * @param breaches who does, and how: a line each
     */
    void isHeld(Collection<String> breaches) {
        if (!breaches.isEmpty()) {
            throw new AssertionError("The rule is: " + words + " (" + written + "). It is broken here:\n  "
                    + String.join("\n  ", new TreeSet<>(breaches)));
        }
    }
}
