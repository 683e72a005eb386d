// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderClauseTest {
    @Test
    void refusesWhatIsSaidTwiceOfOneThing() {
        for (String header : List.of("x;a=1;a=2", "x;a=1;a:Long=1", "x;uses:=q;uses:=q")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HeaderClause.parse(header))
                    .withMessageContaining(header)
                    .withMessageEndingWith("twice");
        }
        assertThat(HeaderClause.parse("x;a=1;a:=2,y;a=1")).hasSize(2);
    }

    @Test
    void tellsWhereANameIsMissing() {
        assertThat(List.of("a,", "a;", ",a", "a,,b", "a;v=1;,b", "")).allMatch(HeaderClause::hasGap);
        assertThat(List.of("a", "a,b", "a;b;v=\",;,\"")).noneMatch(HeaderClause::hasGap);
    }

    @Test
    void readsPathsAttributesAndDirectives() {
        HeaderClause clause = HeaderClause.parse("a;b; version:Version=\"1.0\" ;uses:=\"x,y;z\"")
                .get(0);

        assertThat(clause.paths()).containsExactly("a", "b");
        assertThat(clause.attributes()).containsOnly(java.util.Map.entry("version", "1.0"));
        assertThat(clause.directives()).containsOnly(java.util.Map.entry("uses", "x,y;z"));
    }

    @Test
    void splitsOutsideOfQuotesOnly() {
        assertThat(HeaderClause.parse("a;x=\"1,2\",b;y=\"say \\\"no\\\", please\" , "))
                .extracting(clause -> clause.attributes().values().iterator().next())
                .containsExactly("1,2", "say \"no\", please");
    }

    @Test
    void takesAMissingHeaderForNothing() {
        assertThat(HeaderClause.parse(null)).isEmpty();
    }

    @Test
    void rejectsAttributesOfNothing() {
        assertThatThrownBy(() -> HeaderClause.parse("x=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'x=1' names nothing before its attributes");
    }
}
