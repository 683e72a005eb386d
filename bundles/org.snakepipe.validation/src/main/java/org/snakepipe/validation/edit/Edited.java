// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.List;
import org.snakepipe.api.config.Problem;

/**
 * A file after its problems were mended as far as that goes by itself.
 *
 * @param content what the file is to hold; the array that was given when nothing was mended. Not copied
 * @param applied the problems whose best fix was made, in the order in which they were given
 * @param left    the others
 */
public record Edited(byte[] content, List<Problem> applied, List<Problem> left) {
    /** Copies the lists. */
    public Edited {
        applied = List.copyOf(applied);
        left = List.copyOf(left);
    }

    /**
     * Tells whether there is something to write.
     *
     * @return {@code true} when the content is another one
     */
    public boolean isChanged() {
        return !applied.isEmpty();
    }
}
