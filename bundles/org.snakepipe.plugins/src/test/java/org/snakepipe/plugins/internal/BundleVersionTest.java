// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BundleVersionTest {
    @Test
    void ordersByNumberAndThenByQualifier() {
        assertThat(List.of("1.10", "1.9.9", "2", "1.9.9.b", "1.9.9.a").stream()
                        .map(BundleVersion::parse)
                        .sorted()
                        .map(BundleVersion::toString))
                .containsExactly("1.9.9", "1.9.9.a", "1.9.9.b", "1.10.0", "2.0.0");
    }

    @Test
    void rejectsOtherForms() {
        for (String text : List.of("", "1.", "1.2.3-SNAPSHOT", "v1", "1.2.3.4.5", "-1", "12345678901")) {
            assertThatThrownBy(() -> BundleVersion.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("'" + text + "' is no version (allowed: ");
        }
    }
}
