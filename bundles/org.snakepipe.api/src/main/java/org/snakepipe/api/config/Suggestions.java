// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.Collection;
import java.util.List;

/**
 * Finds what somebody probably meant: the known words within a small editing distance of an unknown one. Without state; from
 * any thread. Who asks about the same words again makes a {@link Vocabulary} of them.
 */
public final class Suggestions {
    private Suggestions() {}

    /**
     * The known words that an unknown one is close to, as {@link Vocabulary#nearest} says.
     *
     * @param word  what was found
     * @param known what there is
     * @return at most three, the nearest first; words of one distance in alphabetical order; empty when nothing is close
     */
    public static List<String> nearest(String word, Collection<String> known) {
        return Vocabulary.of(known).nearest(word);
    }
}
