// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakepipe.schema.ListText;

class ListTextPropertiesTest {
    @Property
    void splitsWhatItJoins(@ForAll("lists") List<String> elements) {
        assertThat(ListText.split(ListText.join(elements))).isEqualTo(elements);
    }

    @Property
    void readsWhatItQuotes(@ForAll("lists") List<String> elements) {
        elements.forEach(
                element -> assertThat(ListText.plain(ListText.quoted(element))).isEqualTo(element));
    }

    @Provide
    Arbitrary<List<String>> lists() {
        return Arbitraries.strings()
                .withChars('a', ',', '\\', ' ')
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .list()
                .ofMaxSize(5);
    }
}
