// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.List;

/** What the words of one value come to. */
sealed interface Meaning {
    /**
     * A value.
     *
     * @param raw text, typed value, list, or {@link org.snakepipe.api.config.Deferred}
     */
    record Value(Object raw) implements Meaning {}

    /** The key is as if nobody had ever set it. */
    record Unset() implements Meaning {}

    /**
     * Cannot be told.
     *
     * @param reason why
     * @param cycle  the keys that refer to one another in a circle, the first one twice; empty for other reasons
     */
    record Broken(WordException reason, List<String> cycle) implements Meaning {}
}
