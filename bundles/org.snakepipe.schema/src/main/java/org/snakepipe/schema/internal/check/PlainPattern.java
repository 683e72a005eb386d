// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A regular expression that needs no way back: characters and classes of ASCII in a row, each repeated or not, none of which
 * could take what a later one needs. Most that people write for names and numbers are so, as {@code [a-z][a-z0-9-]*}; they
 * are compared several times as fast as {@link Pattern} does, and never take long. Immutable.
 */
final class PlainPattern {
    private static final int ASCII = 128;
    private static final int MOST_REPEATED = 10_000;
    private static final String META = "\\[](){}.*+?^$|&";

    private final boolean[][] sets;
    private final int[] least;
    private final int[] most;

    private record Atom(BitSet set, int least, int most) {}

    /** Says that an expression is none of these. */
    private static final class OtherException extends Exception {
        private static final long serialVersionUID = 1L;

        OtherException() {
            super("not plain", null, false, false);
        }
    }

    private PlainPattern(List<Atom> atoms) {
        sets = new boolean[atoms.size()][ASCII];
        least = new int[atoms.size()];
        most = new int[atoms.size()];
        for (int number = 0; number < sets.length; number++) {
            boolean[] set = sets[number];
            atoms.get(number).set.stream().forEach(c -> set[c] = true);
            least[number] = atoms.get(number).least;
            most[number] = atoms.get(number).most;
        }
    }

    /**
     * Reads an expression that {@link Pattern} takes.
     *
     * @return {@code null} when it is not so plain
     */
    static PlainPattern of(String expression) {
        try {
            List<Atom> atoms = new Reader(expression).atoms();
            return isDecided(atoms) ? new PlainPattern(atoms) : null;
        } catch (OtherException e) {
            return null;
        }
    }

    /** Whether taking as many as can be is never wrong: what may come next is in none of the sets before. */
    private static boolean isDecided(List<Atom> atoms) {
        for (int number = 0; number < atoms.size(); number++) {
            Atom atom = atoms.get(number);
            boolean open = atom.least < atom.most;
            for (int next = number + 1; open && next < atoms.size(); next++) {
                if (atom.set.intersects(atoms.get(next).set)) {
                    return false;
                }
                open = atoms.get(next).least == 0;
            }
        }
        return true;
    }

    /** Whether the whole text is of the expression. */
    boolean matches(String text) {
        int at = 0;
        for (int number = 0; number < sets.length; number++) {
            boolean[] set = sets[number];
            int end = (int) Math.min(text.length(), (long) at + most[number]);
            int begin = at;
            while (at < end && text.charAt(at) < ASCII && set[text.charAt(at)]) {
                at++;
            }
            if (at - begin < least[number]) {
                return false;
            }
        }
        return at == text.length();
    }

    /** Reads an expression. Used once. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Atom> atoms() throws OtherException {
            List<Atom> atoms = new ArrayList<>();
            while (at < text.length()) {
                BitSet set = text.charAt(at) == '[' ? group() : one(META);
                atoms.add(repeated(set));
            }
            return atoms;
        }

        private char next() throws OtherException {
            if (at >= text.length() || text.charAt(at) >= ASCII) {
                throw new OtherException();
            }
            return text.charAt(at++);
        }

        /** A character, or what a backslash makes of one. */
        private BitSet one(String special) throws OtherException {
            char c = next();
            BitSet set = new BitSet(ASCII);
            if (c == '\\') {
                char escaped = next();
                if (escaped == 'd' || escaped == 'w') {
                    set.set('0', '9' + 1);
                } else if (Character.isLetterOrDigit(escaped)) {
                    throw new OtherException();
                } else {
                    set.set(escaped);
                }
                if (escaped == 'w') {
                    set.set('a', 'z' + 1);
                    set.set('A', 'Z' + 1);
                    set.set('_');
                }
            } else if (special.indexOf(c) >= 0) {
                throw new OtherException();
            } else {
                set.set(c);
            }
            return set;
        }

        private BitSet group() throws OtherException {
            at++;
            BitSet set = new BitSet(ASCII);
            while (at < text.length() && text.charAt(at) != ']') {
                // At the end, a hyphen is one.
                BitSet first = one(text.startsWith("-]", at) ? "[^&" : "[^&-");
                boolean range = text.startsWith("-", at) && !text.startsWith("-]", at);
                if (range) {
                    at++;
                    BitSet last = one("[]^&-");
                    if (first.cardinality() > 1 || last.cardinality() > 1) {
                        throw new OtherException();
                    }
                    first.set(first.nextSetBit(0), last.nextSetBit(0) + 1);
                }
                set.or(first);
            }
            next();
            if (set.isEmpty()) {
                throw new OtherException();
            }
            return set;
        }

        private Atom repeated(BitSet set) throws OtherException {
            char sign = at < text.length() ? text.charAt(at) : 'x';
            Atom atom = switch (sign) {
                case '*' -> new Atom(set, 0, Integer.MAX_VALUE);
                case '+' -> new Atom(set, 1, Integer.MAX_VALUE);
                case '?' -> new Atom(set, 0, 1);
                case '{' -> counted(set);
                default -> null;
            };
            if (atom == null) {
                return new Atom(set, 1, 1);
            }
            at++;
            if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
                throw new OtherException();
            }
            return atom;
        }

        /** Stands on the opening bracket; stops on the closing one. */
        private Atom counted(BitSet set) throws OtherException {
            at++;
            int least = number();
            int most = least;
            if (text.startsWith(",", at)) {
                at++;
                most = text.startsWith("}", at) ? Integer.MAX_VALUE : number();
            }
            if (!text.startsWith("}", at)) {
                throw new OtherException();
            }
            return new Atom(set, least, most);
        }

        private int number() throws OtherException {
            int begin = at;
            int number = 0;
            while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0 && number < MOST_REPEATED) {
                number = number * 10 + Character.digit(text.charAt(at), 10);
                at++;
            }
            if (at == begin || number >= MOST_REPEATED) {
                throw new OtherException();
            }
            return number;
        }
    }
}
