// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

/**
 * A text that may be looked at so often and no more, so that no regular expression runs for ever: a plugin brings the
 * expression, and a file the text.
 */
final class BoundedText implements CharSequence {
    private static final int MOST = 1_000_000;

    private final String text;
    private int looks;

    BoundedText(String text) {
        this.text = text;
    }

    /** Says that it was looked at too often. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super("more than " + MOST + " steps", null, false, false);
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        looks++;
        if (looks > MOST) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
