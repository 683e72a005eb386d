// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EditDistanceTest {
    private static final int SEED = 42;

    @Test
    void countsEveryEditOnce() {
        assertThat(new EditDistance("").to("", 3)).isZero();
        assertThat(new EditDistance("same").to("same", 0)).isZero();
        assertThat(new EditDistance("soruce").to("source", 3)).isEqualTo(1);
        assertThat(new EditDistance("abc").to("ac", 3)).isEqualTo(1);
        assertThat(new EditDistance("ac").to("abc", 3)).isEqualTo(1);
        assertThat(new EditDistance("kitten").to("sitting", 5)).isEqualTo(3);
        assertThat(new EditDistance("ca").to("abc", 5)).isEqualTo(3);
    }

    @Test
    void stopsBeyondTheLimit() {
        assertThat(new EditDistance("kitten").to("sitting", 2)).isEqualTo(3);
        assertThat(new EditDistance("aaaaaaaa").to("bbbbbbbb", 1)).isEqualTo(2);
        assertThat(new EditDistance("").to("abcdef", 1)).isEqualTo(2);
    }

    @Test
    void agreesWithTheDefinition() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            String left = word(random);
            String right = word(random);
            int limit = random.nextInt(6);

            assertThat(new EditDistance(left).to(right, limit))
                    .as("%s and %s up to %d", left, right, limit)
                    .isEqualTo(Math.min(limit + 1, defined(left, right)));
        }
    }

    @Test
    void agreesWithTheDefinitionForLongWordsAndOtherAlphabets() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            String left = word(random) + "\u00e4" + word(random);
            String right = word(random) + "\u00e4" + word(random) + "\u00f6";
            String longLeft = "x".repeat(60) + word(random) + "yz";
            String longRight = word(random) + "x".repeat(62);

            assertThat(new EditDistance(left).to(right, 9)).isEqualTo(Math.min(10, defined(left, right)));
            assertThat(new EditDistance("a" + left.replace("\u00e4", "")).to(right, 9))
                    .isEqualTo(Math.min(10, defined("a" + left.replace("\u00e4", ""), right)));
            assertThat(new EditDistance(longLeft).to(longRight, 9))
                    .isEqualTo(Math.min(10, defined(longLeft, longRight)));
        }
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(8), 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int defined(String left, String right) {
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replaced = table[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[left.length()][right.length()];
    }
}
