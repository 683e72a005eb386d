// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.api.config.Format;
import org.snakepipe.api.config.Unit;

/**
 * What the annotations of {@code org.snakepipe.api.config} say about a key beside Metatype. Immutable.
 *
 * @param pattern   what each text has to match
 * @param length    how long each text may be, in UTF-16 units
 * @param count     how many elements a list may have
 * @param unit      what an integer measures
 * @param format    what each text names
 * @param requires  keys that need a value when this one is written
 * @param conflicts keys that must not be written when this one is
 * @param reference which ids each text may be
 * @param secret    {@code true} when the value must never be shown
 * @param live      {@code true} when the value may change in what is open
 */
public record Constraints(
        Optional<TextPattern> pattern,
        Optional<Range> length,
        Optional<Range> count,
        Optional<Unit.Measure> unit,
        Optional<Format.Kind> format,
        List<String> requires,
        List<String> conflicts,
        Optional<Reference> reference,
        boolean secret,
        boolean live) {
    /** Nothing is said. */
    public static final Constraints NONE = new Constraints(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            false);

    /**
     * A regular expression.
     *
     * @param expression matched as a whole
     * @param hint       for people; may be empty
     */
    public record TextPattern(String expression, String hint) {
        /** Checks that nothing is {@code null}. */
        public TextPattern {
            Objects.requireNonNull(expression, "expression");
            Objects.requireNonNull(hint, "hint");
        }
    }

    /**
     * From a least to a greatest number.
     *
     * @param min 0 or more
     * @param max not below the least; {@link Integer#MAX_VALUE} when there is no greatest
     */
    public record Range(int min, int max) {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if the least is negative or above the greatest
         */
        public Range {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException(min + " to " + max + " is no range (allowed: 0 or more, in order)");
            }
        }
    }

    /**
     * Which ids may be named.
     *
     * @param families PIDs and factory PIDs; what ends in a dot stands for all that begin so
     * @param words    what may stand there in place of an id
     */
    public record Reference(List<String> families, List<String> words) {
        /** Copies the lists. */
        public Reference {
            families = List.copyOf(families);
            words = List.copyOf(words);
        }

        /**
         * Tells whether a PID is of these families.
         *
         * @param pid a PID or factory PID
         * @return {@code true} when a configuration of it may be named
         */
        public boolean allows(String pid) {
            for (String family : families) {
                if (family.endsWith(".") ? pid.startsWith(family) : pid.equals(family)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Copies the lists. */
    public Constraints {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(length, "length");
        Objects.requireNonNull(count, "count");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(format, "format");
        requires = List.copyOf(requires);
        conflicts = List.copyOf(conflicts);
        Objects.requireNonNull(reference, "reference");
    }
}
