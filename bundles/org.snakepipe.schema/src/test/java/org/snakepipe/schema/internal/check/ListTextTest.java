// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakepipe.schema.ListText;

class ListTextTest {
    @Test
    void splitsAtCommasAndTrims() {
        assertThat(ListText.split(" a , b c,d ")).containsExactly("a", "b c", "d");
        assertThat(ListText.split("a")).containsExactly("a");
    }

    @Test
    void findsNoElementInABlankText() {
        assertThat(ListText.split("")).isEmpty();
        assertThat(ListText.split("  ")).isEmpty();
    }

    @Test
    void keepsEmptyElementsForTheCheck() {
        assertThat(ListText.split("a,,b,")).containsExactly("a", "", "b", "");
    }

    @Test
    void takesABackslashBeforeACommaAsEscape() {
        assertThat(ListText.split("a\\,b,c")).containsExactly("a,b", "c");
        assertThat(ListText.split("C:\\x\\\\,next")).containsExactly("C:\\x\\", "next");
        assertThat(ListText.split("a\\\\\\,b")).containsExactly("a\\,b");
        assertThat(ListText.split("a\\nb\\\\c\\")).containsExactly("a\\nb\\\\c\\");
    }

    @Test
    void readsOneValueWithTheSameEscapes() {
        assertThat(ListText.plain("a,b")).isEqualTo("a,b");
        assertThat(ListText.plain("a\\,b\\\\,c\\\\\\,d")).isEqualTo("a,b\\,c\\,d");
        assertThat(ListText.plain("C:\\x\\\\y")).isEqualTo("C:\\x\\\\y");
    }

    @Test
    void survivesAMegabyteOfBackslashes() {
        String backslashes = "\\".repeat(1 << 20);

        assertThat(ListText.plain(backslashes + "x")).isEqualTo(backslashes + "x");
        assertThat(ListText.plain(backslashes + ",")).hasSize((1 << 19) + 1);
        assertThat(ListText.quoted(backslashes)).isEqualTo(backslashes);
    }

    @Test
    void quotesWhatItReads() {
        for (String text : List.of("", "a,b", "a\\,b", "\\\\,\\", "C:\\x", ",")) {
            assertThat(ListText.plain(ListText.quoted(text))).isEqualTo(text);
        }
    }
}
