// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> KEYS =
            List.of("batch.size", "concurrent.workers", "log.level", "linger", "ordering", "sinks", "source");

    @Test
    void takesSeparatorsAndCaseAsTheSame() {
        assertThat(Suggestions.nearest("BATCH_SIZE", KEYS)).containsExactly("batch.size");
    }

    @Test
    void findsInsertedDeletedReplacedAndExchangedLetters() {
        assertThat(Suggestions.nearest("batchsize", KEYS)).containsExactly("batch.size");
        assertThat(Suggestions.nearest("log.levell", KEYS)).containsExactly("log.level");
        assertThat(Suggestions.nearest("lunger", KEYS)).containsExactly("linger");
        assertThat(Suggestions.nearest("soruce", KEYS)).containsExactly("source");
    }

    @Test
    void putsTheNearestFirstAndEqualsInAlphabeticalOrder() {
        assertThat(Suggestions.nearest("prod", List.of("prof", "proa", "prod", "xyz")))
                .containsExactly("prod", "proa", "prof");
    }

    @Test
    void namesThreeAtMost() {
        assertThat(Suggestions.nearest("aa", List.of("ab", "ac", "ad", "ae"))).containsExactly("ab", "ac", "ad");
    }

    @Test
    void saysNothingWhenNothingIsClose() {
        assertThat(Suggestions.nearest("password", KEYS)).isEmpty();
        assertThat(Suggestions.nearest("", KEYS)).isEmpty();
        assertThat(Suggestions.nearest("x", List.of())).isEmpty();
    }

    @Test
    void toleratesOneSlipInAShortWord() {
        assertThat(Suggestions.nearest("dv", List.of("dev"))).containsExactly("dev");
        assertThat(Suggestions.nearest("xy", List.of("dev"))).isEmpty();
        assertThat(Suggestions.nearest("x", List.of("y"))).isEmpty();
    }
}
