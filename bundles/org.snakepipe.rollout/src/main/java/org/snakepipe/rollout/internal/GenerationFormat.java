// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The format of a remembered generation, and how those of earlier products become this one. */
final class GenerationFormat {
    /** What is written. */
    static final int NOW = 2;

    /** From a format to the next: the first of the list makes format 2 of format 1. */
    private static final List<UnaryOperator<Map<String, Object>>> STEPS = List.of(GenerationFormat::second);

    private GenerationFormat() {}

    /**
     * The same in the format of now.
     *
     * @param environment whose file it is in: format 1 does not say
     * @throws IOException if it is of a later product, or of no format
     */
    static Map<String, Object> migrated(Map<String, Object> json, String environment) throws IOException {
        if (!(json.get("format") instanceof Integer format) || format < 1 || format > NOW) {
            throw new IOException("its format is " + json.get("format") + " (known: 1 to " + NOW + ")");
        }
        Map<String, Object> migrated = new LinkedHashMap<>(json);
        migrated.putIfAbsent("environment", environment);
        for (int step = format; step < NOW; step++) {
            migrated = STEPS.get(step - 1).apply(migrated);
        }
        return migrated;
    }

    /** Generations have a story. */
    private static Map<String, Object> second(Map<String, Object> first) {
        first.put("format", 2);
        first.put("author", "");
        first.put("cause", "");
        first.put("changes", List.of());
        return first;
    }
}
