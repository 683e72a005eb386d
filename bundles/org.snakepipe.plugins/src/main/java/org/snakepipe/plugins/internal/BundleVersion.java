// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as OSGi means it: {@code 1.2.3.qualifier}. Immutable; here because this package knows no framework. */
record BundleVersion(int major, int minor, int micro, String qualifier) implements Comparable<BundleVersion> {
    static final BundleVersion NONE = new BundleVersion(0, 0, 0, "");

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.([\\w-]+))?)?)?");
    private static final Comparator<BundleVersion> ORDER = Comparator.comparingInt(BundleVersion::major)
            .thenComparingInt(BundleVersion::minor)
            .thenComparingInt(BundleVersion::micro)
            .thenComparing(BundleVersion::qualifier);

    /**
     * Reads a version.
     *
     * @throws IllegalArgumentException if it has another form; the message says which is allowed
     */
    static BundleVersion parse(String text) {
        Matcher found = FORM.matcher(text.trim());
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "'" + text.trim() + "' is no version (allowed: numbers like 1, 1.2 or 1.2.3, or 1.2.3.qualifier)");
        }
        return new BundleVersion(
                number(found.group(1)),
                number(found.group(2)),
                number(found.group(3)),
                found.group(4) == null ? "" : found.group(4));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public int compareTo(BundleVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro + (qualifier.isEmpty() ? "" : "." + qualifier);
    }
}
