// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcealmentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db/x?user=me&password=canary&ssl=true | jdbc:postgresql://db/x?user=me&password=<set>&ssl=true",
                "jdbc:sqlserver://db;Password=canary;encrypt=true        | jdbc:sqlserver://db;Password=<set>;encrypt=true",
                "https://me:canary@host/path                             | https://me:<set>@host/path",
                "amqp://:canary@host                                     | amqp://:<set>@host",
                "https://host/path?a=b                                   | https://host/path?a=b",
                "jdbc:x:?password=$[secret:db]                           | jdbc:x:?password=$[secret:db]",
                "me@example.org                                          | me@example.org",
                "plain                                                   | plain",
            })
    void hidesPasswordsAndNothingElse(String text, String shown) {
        assertThat(Concealment.text(text)).isEqualTo(shown);
    }

    @Test
    void looksIntoListsAndKeepsWhatHidesNothing() {
        List<Object> plain = List.of("a", 1);

        assertThat(Concealment.of(plain)).isSameAs(plain);
        assertThat(Concealment.of(List.of("a", "pwd=x"))).isEqualTo(List.of("a", "pwd=<set>"));
        assertThat(Concealment.of(5L)).isEqualTo(5L);
    }
}
