// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FixTest {
    @Test
    void saysKeyAndValueForFormatsWithoutLines() {
        assertThat(Fix.add("url", "jdbc:h2:mem:"))
                .hasToString("add 'url = jdbc:h2:mem:'")
                .isEqualTo(Fix.add("url = jdbc:h2:mem:"));
        assertThat(Fix.add("url = jdbc:h2:mem:x=1").key()).isEqualTo("url");
        assertThat(Fix.add("url = jdbc:h2:mem:x=1").value()).isEqualTo("jdbc:h2:mem:x=1");
        assertThat(Fix.add("url", "").text()).isEqualTo("url =");
        assertThat(Fix.add("a line").key()).isEmpty();
        assertThat(Fix.add("a line").value()).isEmpty();
    }

    @Test
    void saysWhatIsThereAfterwards() {
        assertThat(Fix.rename("batch.size").key()).isEqualTo("batch.size");
        assertThat(Fix.rename("batch.size").value()).isEmpty();
        assertThat(Fix.replace("true").key()).isEmpty();
        assertThat(Fix.replace("true").value()).isEqualTo("true");
        assertThat(Fix.remove()).hasToString("remove it").isNotEqualTo(Fix.replace(""));
    }
}
