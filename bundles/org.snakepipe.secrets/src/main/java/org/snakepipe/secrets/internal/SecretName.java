// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the name of a secret is where the secret comes from. */
final class SecretName {
    /** What the variables of secrets begin with. */
    static final String PREFIX = "SNAKE_PIPE_SECRET_";

    /** No slash and no dot at the beginning: such a name leads out of the directory, or into what Kubernetes hides there. */
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");

    private static final Pattern VARIABLE = Pattern.compile(PREFIX + "[A-Z0-9_]+");

    /** What marks a variable of the configuration. */
    private static final String CONFIGURATION = "__";

    private SecretName() {}

    /** Tells whether the name is also that of a file. */
    static boolean isFile(String name) {
        return FILE.matcher(name).matches();
    }

    /** The variable; empty when there can be none, because it would be one of the configuration. */
    static Optional<String> variable(String name) {
        StringBuilder variable = new StringBuilder(PREFIX);
        for (int index = 0; index < name.length(); index++) {
            char c = name.charAt(index);
            boolean lower = c >= 'a' && c <= 'z';
            boolean plain = lower || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            variable.append(lower ? (char) (c - 'a' + 'A') : plain ? c : '_');
        }
        return Optional.of(variable.toString()).filter(SecretName::isVariable);
    }

    /** Tells whether the variable is one of a secret. */
    static boolean isVariable(String variable) {
        return VARIABLE.matcher(variable).matches() && !variable.contains(CONFIGURATION);
    }

    /** The name that people most likely mean by a variable; of several that it stands for. */
    static String ofVariable(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
