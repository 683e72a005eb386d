// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says that keys refer to one another in a circle. */
final class CycleException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> cycle;
    private final WordException reason;

    CycleException(WordException reason, List<String> cycle) {
        super(reason.getMessage());
        this.reason = reason;
        this.cycle = cycle;
    }

    /** The circle that closes when the way comes back to one of its steps. */
    static CycleException of(Set<Reference> way, Reference again) {
        List<String> cycle = new ArrayList<>();
        for (Reference step : way) {
            if (!cycle.isEmpty() || step.equals(again)) {
                cycle.add(step.toString());
            }
        }
        cycle.add(again.toString());
        String message = "the words lead in a circle: " + String.join(" -> ", cycle);
        return new CycleException(new WordException("word.cycle", message), cycle);
    }

    WordException reason() {
        return reason;
    }

    List<String> cycle() {
        return cycle;
    }
}
