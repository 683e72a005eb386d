// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.Collection;
import java.util.stream.Collectors;

/** Shows many names in one sentence. */
public final class Names {
    private static final int MOST = 20;

    private Names() {}

    /** The first twenty, and how many more there are; {@code none} when there are none. */
    public static String shown(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String first = names.stream().sorted().limit(MOST).collect(Collectors.joining(", "));
        return names.size() > MOST ? first + " and " + (names.size() - MOST) + " more" : first;
    }
}
