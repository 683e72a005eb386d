// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds what somebody probably meant: the known words within a small editing distance of an unknown one. Without state; from
 * any thread.
 */
public final class Suggestions {
    private static final int MOST = 3;
    private static final int LETTERS_PER_SLIP = 3;

    private Suggestions() {}

    /**
     * The known words that an unknown one is close to. Upper and lower case are the same here, and so are {@code .},
     * {@code _}, {@code -} and space: {@code BATCH_SIZE} is next to {@code batch.size}. Two words are close when at most a
     * third of the letters, and of a short word one, has to be inserted, deleted, replaced or exchanged with its neighbour
     * (optimal string alignment distance).
     *
     * @param word  what was found
     * @param known what there is
     * @return at most three, the nearest first; words of one distance in alphabetical order; empty when nothing is close
     */
    public static List<String> nearest(String word, Collection<String> known) {
        String plain = plain(word);
        return known.stream()
                .distinct()
                .map(candidate -> new Ranked(candidate, distance(plain, plain(candidate))))
                .filter(ranked -> ranked.distance <= limit(word, ranked.word))
                .sorted(Comparator.comparingInt(Ranked::distance).thenComparing(Ranked::word))
                .limit(MOST)
                .map(Ranked::word)
                .toList();
    }

    private static int limit(String word, String candidate) {
        int letters = Math.min(word.length(), candidate.length());
        return letters < 2 ? 0 : Math.max(1, letters / LETTERS_PER_SLIP);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.').replace(' ', '.');
    }

    private static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > limit(left, right)) {
            return Integer.MAX_VALUE;
        }
        int[] beforePrevious = new int[right.length() + 1];
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                boolean same = left.charAt(row - 1) == right.charAt(column - 1);
                int replaced = previous[column - 1] + (same ? 0 : 1);
                int best = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
                if (isExchange(left, row, right, column)) {
                    best = Math.min(best, beforePrevious[column - 2] + 1);
                }
                current[column] = best;
            }
            int[] oldest = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = oldest;
        }
        return previous[right.length()];
    }

    private static boolean isExchange(String left, int row, String right, int column) {
        return row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
    }

    private record Ranked(String word, int distance) {}
}
