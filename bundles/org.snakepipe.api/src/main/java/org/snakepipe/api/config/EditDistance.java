// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

/**
 * The optimal string alignment distance of one word to others, as far as it is of interest. Keeps its memory; not thread-safe.
 *
 * <p>Usual words are compared 64 cells at a time: H. Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and Damerau
 * Edit Distances, 2003. Longer ones, and those beyond ASCII, cell by cell.
 */
final class EditDistance {
    private static final int ASCII = 128;

    private final String left;
    /** Where each letter stands in the word; {@code null} when the word is not of the usual kind. */
    private final long[] places;

    private int[] beforePrevious = new int[0];
    private int[] previous = new int[0];
    private int[] current = new int[0];

    EditDistance(String left) {
        this.left = left;
        places = left.length() <= Long.SIZE && left.chars().allMatch(letter -> letter < ASCII) ? new long[ASCII] : null;
        for (int index = 0; places != null && index < left.length(); index++) {
            places[left.charAt(index)] |= 1L << index;
        }
    }

    /**
     * How many letters have to be inserted, deleted, replaced or exchanged with their neighbour.
     *
     * @param limit from 0; what is beyond is not counted
     * @return the distance; {@code limit + 1} when it is greater
     */
    int to(String right, int limit) {
        if (left.isEmpty() || right.isEmpty()) {
            return Math.min(limit + 1, left.length() + right.length());
        }
        return places == null ? rows(right, limit) : bits(right, limit);
    }

    /** The names are those of the paper. */
    private int bits(String right, int limit) {
        long last = 1L << left.length() - 1;
        long vp = -1;
        long vn = 0;
        long d0 = 0;
        long before = 0;
        int score = left.length();
        for (int index = 0; index < right.length(); index++) {
            char letter = right.charAt(index);
            long pm = letter < ASCII ? places[letter] : 0;
            long exchanged = (~d0 & pm) << 1 & before;
            d0 = ((pm & vp) + vp ^ vp) | pm | vn | exchanged;
            long hp = vn | ~(d0 | vp);
            long hn = d0 & vp;
            score += (hp & last) != 0 ? 1 : (hn & last) != 0 ? -1 : 0;
            // What follows can take away one for each letter at best.
            if (score - (right.length() - 1 - index) > limit) {
                return limit + 1;
            }
            hp = hp << 1 | 1;
            vp = hn << 1 | ~(d0 | hp);
            vn = hp & d0;
            before = pm;
        }
        return Math.min(limit + 1, score);
    }

    private int rows(String right, int limit) {
        begin(right.length());
        for (int row = 1; row <= left.length(); row++) {
            int least = row(row, right);
            int[] oldest = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = oldest;
            // A row can be left over by one exchange only, which costs one.
            if (least > limit + 1) {
                return limit + 1;
            }
        }
        return Math.min(limit + 1, previous[right.length()]);
    }

    /** Fills the current row; gives its least distance. */
    private int row(int row, String right) {
        current[0] = row;
        int least = row;
        for (int column = 1; column <= right.length(); column++) {
            boolean same = left.charAt(row - 1) == right.charAt(column - 1);
            int best = Math.min(
                    previous[column - 1] + (same ? 0 : 1), Math.min(previous[column], current[column - 1]) + 1);
            if (row > 1
                    && column > 1
                    && left.charAt(row - 1) == right.charAt(column - 2)
                    && left.charAt(row - 2) == right.charAt(column - 1)) {
                best = Math.min(best, beforePrevious[column - 2] + 1);
            }
            current[column] = best;
            least = Math.min(least, best);
        }
        return least;
    }

    private void begin(int columns) {
        if (previous.length <= columns) {
            beforePrevious = new int[columns + 1];
            previous = new int[columns + 1];
            current = new int[columns + 1];
        }
        for (int column = 0; column <= columns; column++) {
            previous[column] = column;
        }
    }
}
