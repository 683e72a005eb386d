// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import org.apache.commons.jexl3.JexlArithmetic;

/** The arithmetic of JEXL, which bounds numbers, with texts that fit into memory: {@code a = a + a} thirty times does not. */
final class BoundedArithmetic extends JexlArithmetic {
    private static final int LONGEST = 4 << 20;

    BoundedArithmetic() {
        super(true);
    }

    @Override
    public Object add(Object left, Object right) {
        Object sum = super.add(left, right);
        if (sum instanceof CharSequence text && text.length() > LONGEST) {
            throw new ArithmeticException("the text is longer than " + LONGEST + " characters");
        }
        return sum;
    }
}
