// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortablePatternTest {
    private static final String[] PIECES = {
        "a", "b", "-", ".", "\\.", "\\-", "\\d", "\\w", "\\S", "[", "]", "[^", "a-c", "(", "(?:", "(?=", ")", "*", "+",
        "?", "|", "{2}", "{1,}", "^", "$", "\\\\", "\\u0061", "&", "&&", ":", "/", "#", "\\,"
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            value = {
                "jdbc:[^:]+:.+\tjdbc:[^:]+:.+",
                "[\\w.-]+\t[\\w.\\-]+",
                "[a-z-9]\t[a-z\\-9]",
                "[-a]\t[\\-a]",
                "x\\-y\\,\\:\tx-y,:",
                "a]b}\ta\\]b\\}",
                "(\\d{4})-(?:a|b)+?\t(\\d{4})-(?:a|b)+?",
                "\\u00e4\\x41\t\\u00e4\\x41",
                "[$^{}]\t[$^{}]"
            })
    void writesWhatBothUnderstand(String java, String portable) {
        assertThat(PortablePattern.of(java)).contains(portable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)abc",
                "a++",
                "a{2}+",
                "(?>a)b",
                "[a-z&&[^b]]",
                "[a[bc]]",
                "\\p{Alpha}",
                "\\Qa.b\\E",
                "a\\z",
                "\\bword",
                "\\R",
                "\\h",
                "(a)\\1",
                "[]a]",
                "{2}",
                "(?=a)*b",
                "(?<name>a)",
                "{2}",
                "(?=a)*b",
                "\\x{1F600}"
            })
    void leavesTheOthers(String java) {
        assertThat(Pattern.compile(java)).isNotNull();
        assertThat(PortablePattern.of(java)).isEmpty();
    }

    /** That ECMA-262 reads it as Java does cannot be tried here; that it is no other expression can. */
    @Test
    void meansTheSameToJavaAsBefore() {
        Random random = new Random(1);
        int compared = 0;
        for (int tries = 0; tries < 20_000; tries++) {
            String java = any(random, PIECES, 1 + random.nextInt(7));
            Pattern before = compiled(java);
            String portable = before == null ? null : PortablePattern.of(java).orElse(null);
            if (portable != null) {
                Pattern after = Pattern.compile(portable);
                for (int texts = 0; texts < 5; texts++) {
                    String text = any(
                            random,
                            new String[] {"a", "b", "c", "-", "1", ".", "\\", "]", "&", ",", ":"},
                            random.nextInt(5));
                    assertThat(after.matcher(text).matches())
                            .as("%s as %s: %s", java, portable, text)
                            .isEqualTo(before.matcher(text).matches());
                }
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(2000);
    }

    private static Pattern compiled(String java) {
        try {
            return Pattern.compile(java);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static String any(Random random, String[] pieces, int count) {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < count; number++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
