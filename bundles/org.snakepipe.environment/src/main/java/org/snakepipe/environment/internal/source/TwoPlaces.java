// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import org.snakepipe.api.config.Origin;

/** Names two places of which there should be one. In JSON both may be in one line: then their columns tell them apart. */
public final class TwoPlaces {
    private TwoPlaces() {}

    /** For the problem of a place: where it is, and where the other one is. */
    public static String here(Origin here, Origin other) {
        return isOneLine(here, other)
                ? "here (" + here + ":" + here.column() + ") and in " + other + ":" + other.column()
                : "here and in " + other;
    }

    /** Within one file. */
    public static String lines(Origin first, Origin second) {
        return isOneLine(first, second)
                ? line(first) + ", column " + first.column() + ", and " + line(second) + ", column " + second.column()
                : line(first) + " and " + line(second);
    }

    private static String line(Origin origin) {
        return "in line " + origin.line();
    }

    private static boolean isOneLine(Origin one, Origin other) {
        return one.line() > 0 && one.line() == other.line() && one.source().equals(other.source());
    }
}
