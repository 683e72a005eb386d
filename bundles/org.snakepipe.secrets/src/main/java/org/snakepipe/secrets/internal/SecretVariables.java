// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakepipe.control.SecretProvider;

/**
 * Secrets in environment variables: {@code orders.password} is {@code SNAKE_PIPE_SECRET_ORDERS_PASSWORD}. The variable says
 * neither case nor which signs there were, so several names may mean one variable.
 */
public final class SecretVariables implements SecretProvider {
    private final Supplier<Map<String, String>> variables;

    /** Begins. @param variables the variables as they are; asked each time, so that no value is kept here */
    public SecretVariables(Supplier<Map<String, String>> variables) {
        this.variables = variables;
    }

    @Override
    public String name() {
        return "environment variables";
    }

    @Override
    public Optional<String> secret(String name) throws IOException {
        Optional<String> variable = SecretName.variable(name);
        Optional<String> value = variable.map(existing -> variables.get().get(existing));
        if (value.isPresent() && value.get().isEmpty()) {
            throw new IOException(
                    "the environment variable " + variable.get() + " is empty: set it to the secret, or remove it");
        }
        return value;
    }

    @Override
    public Collection<String> names() {
        return variables.get().keySet().stream()
                .filter(SecretName::isVariable)
                .map(SecretName::ofVariable)
                .sorted()
                .toList();
    }
}
