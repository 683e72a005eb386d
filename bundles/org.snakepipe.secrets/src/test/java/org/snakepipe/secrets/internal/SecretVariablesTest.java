// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SecretVariablesTest {
    private static final String CANARY = "c4n4ry";

    private final SecretVariables secrets = new SecretVariables(() -> Map.of(
            "SNAKE_PIPE_SECRET_ORDERS_PASSWORD", CANARY,
            "SNAKE_PIPE_SECRET_EMPTY", "",
            "SNAKE_PIPE_SECRET_SOURCE_FILE__PATH", "of the configuration",
            "SNAKE_PIPE_SECRET__KEY", "of the configuration",
            "SNAKE_PIPE_SECRET_lower", "unreachable",
            "SNAKE_PIPE_SECRET_", "nameless",
            "SNAKE_PIPE_SECRETS", "/run/secrets",
            "PATH", "/bin"));

    @Test
    void takesTheVariableOfTheName() throws IOException {
        assertThat(secrets.secret("orders.password")).contains(CANARY);
        assertThat(secrets.secret("orders-password")).contains(CANARY);
        assertThat(secrets.secret("Orders/Password")).contains(CANARY);
        assertThat(secrets.secret("nobody")).isEmpty();
        assertThat(secrets.secret("")).isEmpty();
    }

    @Test
    void leavesVariablesOfTheConfigurationAlone() throws IOException {
        assertThat(secrets.secret("source.file..path")).isEmpty();
        assertThat(secrets.secret("source_file__path")).isEmpty();
        assertThat(secrets.secret("_key")).isEmpty();
        assertThat(secrets.secret("lower")).isEmpty();
    }

    @Test
    void refusesAnEmptyVariableInsteadOfAnEmptySecret() {
        assertThatThrownBy(() -> secrets.secret("empty"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the environment variable SNAKE_PIPE_SECRET_EMPTY is empty: set it to the secret, or remove it");
    }

    @Test
    void listsTheNamesThatAreMostLikelyMeant() {
        assertThat(secrets.names()).containsExactly("empty", "orders.password");
        assertThat(secrets.name()).isEqualTo("environment variables");
    }

    @Property
    void findsEachNameThatItLists(
            @ForAll
                    @StringLength(min = 1, max = 8)
                    @CharRange(from = 'A', to = 'C')
                    @CharRange(from = '0', to = '1')
                    @Chars('_')
                    String rest)
            throws IOException {
        SecretVariables one = new SecretVariables(() -> Map.of(SecretName.PREFIX + rest, "value"));

        for (String name : one.names()) {
            assertThat(one.secret(name)).as(name).contains("value");
        }
        assertThat(one.names()).hasSize((SecretName.PREFIX + rest).contains("__") ? 0 : 1);
    }
}
