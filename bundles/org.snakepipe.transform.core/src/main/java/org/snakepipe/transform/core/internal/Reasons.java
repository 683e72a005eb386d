// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.core.internal;

import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlInfo;

/** What went wrong in an expression, for people: without the place in our own code that JEXL names. */
final class Reasons {
    private Reasons() {}

    static String of(JexlException e) {
        JexlInfo info = e.getInfo();
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        int at = message.indexOf(' ');
        boolean placed = at > 0 && message.substring(0, at).contains("@");
        String plain = (placed ? message.substring(at + 1) : message)
                .replaceAll("\\s+", " ")
                .trim();
        if (e.getCause() instanceof ArithmeticException cause && cause.getMessage() != null) {
            plain = cause.getMessage();
        }
        return info == null ? plain : "column " + info.getColumn() + ": " + plain;
    }
}
