// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

/** The optimal string alignment distance, as far as it is of interest. Keeps its memory; not thread-safe. */
final class EditDistance {
    private int[] beforePrevious = new int[0];
    private int[] previous = new int[0];
    private int[] current = new int[0];

    /**
     * How many letters have to be inserted, deleted, replaced or exchanged with their neighbour.
     *
     * @param limit from 0; what is beyond is not counted
     * @return the distance; {@code limit + 1} when it is greater
     */
    int between(String left, String right, int limit) {
        int begin = 0;
        int leftEnd = left.length();
        int rightEnd = right.length();
        while (leftEnd > 0 && rightEnd > 0 && left.charAt(leftEnd - 1) == right.charAt(rightEnd - 1)) {
            leftEnd--;
            rightEnd--;
        }
        while (begin < leftEnd && begin < rightEnd && left.charAt(begin) == right.charAt(begin)) {
            begin++;
        }
        if (begin == leftEnd || begin == rightEnd) {
            return Math.min(limit + 1, leftEnd + rightEnd - 2 * begin);
        }
        return rows(left.substring(begin, leftEnd), right.substring(begin, rightEnd), limit);
    }

    private int rows(String left, String right, int limit) {
        begin(right.length());
        for (int row = 1; row <= left.length(); row++) {
            int least = row(left, row, right);
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
    private int row(String left, int row, String right) {
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
