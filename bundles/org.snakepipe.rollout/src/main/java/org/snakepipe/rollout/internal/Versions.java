// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

/** Versions of bundles: three numbers and a qualifier, compared one after the other. */
final class Versions {
    private static final int PARTS = 4;

    private Versions() {}

    /** Whether one is before another. What is no number counts as 0. */
    static boolean isOlder(String one, String other) {
        String[] left = one.split("\\.", PARTS);
        String[] right = other.split("\\.", PARTS);
        for (int part = 0; part < PARTS; part++) {
            String a = part < left.length ? left[part] : "";
            String b = part < right.length ? right[part] : "";
            int order = part == PARTS - 1 ? a.compareTo(b) : Long.compare(number(a), number(b));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
