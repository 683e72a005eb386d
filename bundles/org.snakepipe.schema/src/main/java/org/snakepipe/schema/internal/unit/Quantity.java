// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.unit;

import java.util.List;
import org.snakepipe.api.config.Unit.Measure;

/**
 * Durations and sizes as people write them, read to a number of one unit. Immutable.
 *
 * <pre>
 * duration = part { part }             1m30s: units from the greatest to the least, each once, no white space
 * part     = digits ( "d" | "h" | "m" | "s" | "ms" | "us" | "ns" )
 * size     = digits ( "B" | "kB" | "MB" | "GB" | "TB" | "PB" | "KiB" | "MiB" | "GiB" | "TiB" | "PiB" )
 * </pre>
 *
 * <p>Upper and lower case differ. There are no fractions and no signs, and the whole has to be a whole number of the unit.
 */
public final class Quantity {
    private final Measure measure;
    private final List<Scale> scales;
    private final long unit;

    private Quantity(Measure measure) {
        this.measure = measure;
        scales = Scale.of(measure);
        unit = Scale.named(scales, measure == Measure.bytes ? "B" : measure.name())
                .factor();
    }

    /** The grammar for numbers of a unit. */
    public static Quantity of(Measure measure) {
        return new Quantity(measure);
    }

    /**
     * Reads a text that does not end in a digit.
     *
     * @return the number of units
     * @throws QuantityException if it is not of the grammar, not whole, or too large for a long
     */
    public long parse(String text) throws QuantityException {
        long whole = 0;
        long fine = 0;
        int at = 0;
        int last = -1;
        try {
            do {
                int digits = end(text, at, true);
                int letters = end(text, digits, false);
                int scale = scale(text, digits, letters);
                if (digits == at || scale <= last || last >= 0 && measure == Measure.bytes) {
                    throw QuantityException.syntax(this);
                }
                long number = Long.parseLong(text, at, digits, 10);
                long factor = scales.get(scale).factor();
                if (factor >= unit) {
                    whole = Math.addExact(whole, Math.multiplyExact(number, factor / unit));
                } else {
                    fine = Math.addExact(fine, Math.multiplyExact(number, factor));
                }
                last = scale;
                at = letters;
            } while (at < text.length());
            if (fine % unit != 0) {
                throw QuantityException.notWhole(this);
            }
            return Math.addExact(whole, fine / unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw QuantityException.tooLarge();
        }
    }

    private int scale(String text, int begin, int end) throws QuantityException {
        for (int index = 0; index < scales.size(); index++) {
            String name = scales.get(index).name();
            if (name.length() == end - begin && text.startsWith(name, begin)) {
                return index;
            }
        }
        throw QuantityException.syntax(this);
    }

    private static int end(String text, int begin, boolean digits) {
        int end = begin;
        while (end < text.length() && digits == (text.charAt(end) >= '0' && text.charAt(end) <= '9')) {
            end++;
        }
        return end;
    }

    /**
     * Writes a number of units so that {@link #parse} reads it again: a size with as few digits as can be, a duration in the
     * greatest unit that leaves it whole and, beyond the second, is there twice: {@code 60s} and {@code 2m}. A negative
     * number stays bare.
     */
    public String show(long number) {
        if (number < 0) {
            return Long.toString(number);
        }
        String best = number + name();
        for (Scale scale : scales) {
            long factor = scale.factor() / unit;
            if (factor > 0 && number % factor == 0 && number / factor >= least(scale)) {
                String shown = number / factor + scale.name();
                if (measure != Measure.bytes) {
                    return shown;
                }
                // 16000000 is 15625KiB and 16MB; 1024000 is 1000KiB and 1024kB, and means powers of two.
                best = digits(shown) < digits(best) ? shown : best;
            }
        }
        return best;
    }

    private long least(Scale scale) {
        boolean beyondSecond = measure != Measure.bytes && scale.factor() > Scale.SECOND;
        return beyondSecond ? 2 : 1;
    }

    private static int digits(String shown) {
        return end(shown, 0, true);
    }

    /** The unit of a bare number: {@code ms}. */
    public String name() {
        return measure == Measure.bytes ? "B" : measure.name();
    }

    /** What is allowed in place of a number that cannot be read, with examples. */
    String grammar() {
        return measure == Measure.bytes ? "a size such as 4MiB or 10MB" : "a duration such as 500ms or 1m30s";
    }

    /** What somebody who wrote this probably meant, in the grammar; empty when it cannot be told. */
    public List<String> meant(String text) {
        return new LooseQuantity(scales, unit)
                .read(text).stream().map(this::show).toList();
    }
}
