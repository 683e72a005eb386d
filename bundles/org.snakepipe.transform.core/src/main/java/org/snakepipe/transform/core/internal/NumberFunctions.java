// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What expressions can do with numbers: {@code number:round(share, 2)}. A {@code null} gives {@code null}. */
public final class NumberFunctions {
    private static final int MOST_DIGITS = 100;

    private NumberFunctions() {}

    /**
     * Rounded, a half to the even neighbour.
     *
     * @param number the number
     * @param digits digits after the point, 0 to 100
     * @return the rounded number
     */
    public static BigDecimal round(Number number, int digits) {
        if (digits < 0 || digits > MOST_DIGITS) {
            throw new IllegalArgumentException("digits = " + digits + " (allowed: 0 to " + MOST_DIGITS + ")");
        }
        return number == null ? null : new BigDecimal(number.toString()).setScale(digits, RoundingMode.HALF_EVEN);
    }

    /**
     * A text as a number.
     *
     * @param text the text, in decimal digits
     * @return the number
     */
    public static BigDecimal parse(String text) {
        return text == null ? null : new BigDecimal(text.strip());
    }
}
