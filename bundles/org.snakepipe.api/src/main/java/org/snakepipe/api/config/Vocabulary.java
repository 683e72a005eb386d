// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Known words, prepared for finding what somebody probably meant: for who asks more than once. Immutable; from any thread.
 */
public final class Vocabulary {
    private static final int MOST = 3;
    private static final int LETTERS_PER_SLIP = 3;

    private final String[] words;
    private final String[] plain;
    private final long[] letters;

    private Vocabulary(String... words) {
        this.words = words;
        plain = new String[words.length];
        letters = new long[words.length];
        for (int index = 0; index < words.length; index++) {
            plain[index] = plain(words[index]);
            letters[index] = letters(plain[index]);
        }
    }

    /**
     * The words that there are.
     *
     * @param known in any order; a word that is there twice counts once
     * @return the vocabulary
     */
    public static Vocabulary of(Collection<String> known) {
        return new Vocabulary(known.stream().distinct().sorted().toArray(String[]::new));
    }

    /**
     * The words that an unknown one is close to. Upper and lower case are the same here, and so are {@code .}, {@code _},
     * {@code -} and space: {@code BATCH_SIZE} is next to {@code batch.size}. Two words are close when at most a third of the
     * letters, and of a short word one, has to be inserted, deleted, replaced or exchanged with its neighbour (optimal string
     * alignment distance).
     *
     * @param word what was found
     * @return at most three, the nearest first; words of one distance in alphabetical order; empty when nothing is close
     */
    public List<String> nearest(String word) {
        String sought = plain(word);
        long present = letters(sought);
        EditDistance distance = new EditDistance(sought);
        List<Ranked> best = new ArrayList<>(MOST + 1);
        for (int index = 0; index < words.length; index++) {
            int limit = limit(word, words[index]);
            if (best.size() == MOST) {
                // The words come in alphabetical order, so that only a nearer one displaces the last.
                limit = Math.min(limit, best.get(MOST - 1).distance - 1);
            }
            if (limit < 0 || Math.abs(sought.length() - plain[index].length()) > limit) {
                continue;
            }
            // No edit takes more than one letter away, or brings more than one.
            if (Long.bitCount(present & ~letters[index]) > limit || Long.bitCount(letters[index] & ~present) > limit) {
                continue;
            }
            int found = distance.to(plain[index], limit);
            if (found <= limit) {
                add(best, new Ranked(words[index], found));
            }
        }
        return best.stream().map(Ranked::word).toList();
    }

    private static void add(List<Ranked> best, Ranked ranked) {
        int at = best.size();
        while (at > 0 && best.get(at - 1).distance > ranked.distance) {
            at--;
        }
        best.add(at, ranked);
        if (best.size() > MOST) {
            best.remove(MOST);
        }
    }

    private static int limit(String word, String candidate) {
        int least = Math.min(word.length(), candidate.length());
        return least < 2 ? 0 : Math.max(1, least / LETTERS_PER_SLIP);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.').replace(' ', '.');
    }

    /** One bit for each letter that is there; some share one. */
    private static long letters(String plain) {
        long bits = 0;
        for (int index = 0; index < plain.length(); index++) {
            bits |= 1L << plain.charAt(index);
        }
        return bits;
    }

    private record Ranked(String word, int distance) {}
}
