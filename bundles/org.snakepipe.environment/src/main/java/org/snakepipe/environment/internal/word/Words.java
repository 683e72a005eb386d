// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.layer.VariableName;

/** Finds words such as {@code $[env:NAME]}, which are reserved. */
public final class Words {
    private static final Pattern WORD = Pattern.compile("\\$\\[([A-Za-z]*)(.?)", Pattern.DOTALL);

    private Words() {}

    public static Optional<Problem> check(ConfigId id, String key, ConfigValue value) {
        Matcher word = WORD.matcher(value.raw().toString());
        if (!word.find()) {
            return Optional.empty();
        }
        String message = key + " holds " + shown(word) + ": words are not resolved: " + wayOut(id, key, value);
        return Optional.of(Problem.error("word.unknown", message)
                .id(id)
                .key(key)
                .at(value.origin())
                .build());
    }

    /** Only the kind of word: what follows may be a secret. */
    private static String shown(Matcher word) {
        return switch (word.group(2)) {
            case "]" -> "$[" + word.group(1) + "]";
            case ":" -> "$[" + word.group(1) + ":...]";
            default -> "$[...]";
        };
    }

    private static String wayOut(ConfigId id, String key, ConfigValue value) {
        boolean byVariable = id != null && value.origin().line() > 0;
        return "write the value"
                + (byVariable ? ", or give it by the environment variable " + VariableName.of(id, key) : "");
    }
}
