// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakepipe.control.SecretProvider;

class SecretWordsTest {
    private static final SecretProvider ORDERS = provider("orders.password");

    @Test
    void knowsTheSecretsOfAllWhoProvideThem() throws IOException {
        SecretWords words = words(provider("api.token"), ORDERS);

        assertThat(words.exists("api.token")).isTrue();
        assertThat(words.exists("orders.password")).isTrue();
        assertThat(words.exists("nobody")).isFalse();
        assertThat(words.names()).containsExactly("api.token", "orders.password");
    }

    @Test
    void passesOnWhyASecretCannotBeRead() {
        SecretWords words = words(new Empty(), ORDERS);

        assertThatThrownBy(() -> words.exists("orders.password"))
                .as("the next one may have an old value")
                .isInstanceOf(IOException.class)
                .hasMessage("secrets/orders.password is empty");
    }

    @Test
    void leavesAWordThatCannotBeFilledAsItIs() {
        assertThat(words(new Empty()).filled("user:$[secret:orders.password]"))
                .isEqualTo("user:$[secret:orders.password]");
        assertThat(words(ORDERS).filled("user:$[secret:orders.password]")).isEqualTo("user:hunter2");
    }

    private static SecretWords words(SecretProvider... providers) {
        return new SecretWords(() -> List.of(providers), Map.of());
    }

    private static SecretProvider provider(String known) {
        return new SecretProvider() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Optional<String> secret(String name) {
                return name.equals(known) ? Optional.of("hunter2") : Optional.empty();
            }

            @Override
            public Collection<String> names() {
                return List.of(known);
            }
        };
    }

    /** Has everything, and cannot read it. */
    private static final class Empty implements SecretProvider {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Optional<String> secret(String name) throws IOException {
            throw new IOException("secrets/" + name + " is empty");
        }

        @Override
        public Collection<String> names() {
            return List.of();
        }
    }
}
