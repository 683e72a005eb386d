// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.io.Serial;
import java.util.List;

/** Says that the orders of several parents cannot all be kept; the message names the orders that contradict one another. */
final class ContradictionException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    ContradictionException(List<String> statements) {
        super(String.join(", but ", statements));
    }
}
