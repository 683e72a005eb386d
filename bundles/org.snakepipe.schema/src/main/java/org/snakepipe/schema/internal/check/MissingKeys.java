// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Attribute;

/** Finds keys that have to have a value and have none, or a default that is wrong itself. Immutable. */
final class MissingKeys {
    private static final int MOST = 3;

    private final AttributeCheck[] checks;
    private final ConfigValue[] defaults;
    /** Numbers of the keys that need a value, and of those whose default is none. */
    private final int[] watched;

    MissingKeys(KeyTable table, AttributeCheck[] checks, ConfigValue[] defaults, Object... typedDefaults) {
        this.checks = checks;
        this.defaults = defaults;
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < table.size(); number++) {
            boolean wrong = defaults[number] != null && typedDefaults[number] == null;
            if (wrong || defaults[number] == null && checks[number].attribute().required()) {
                numbers.add(number);
            }
        }
        watched = numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    void check(ConfigValue[] effective, Findings findings) {
        for (int number : watched) {
            if (effective[number] == null) {
                findings.add(missing(checks[number].attribute(), findings));
            } else if (effective[number] == defaults[number]) {
                checks[number].typed(effective[number], findings);
            }
        }
    }

    private static Problem.Builder missing(Attribute attribute, Findings findings) {
        String what = attribute.description().isBlank() ? "" : " (" + attribute.description() + ")";
        return Problem.error("key.missing", attribute.key() + " is required and missing" + what)
                .key(attribute.key())
                .fixes(fixes(attribute, findings));
    }

    private static List<Fix> fixes(Attribute attribute, Findings findings) {
        Set<String> values = new LinkedHashSet<>();
        if (!attribute.isSecret()) {
            values.addAll(findings.elsewhere(attribute.key()));
            attribute.options().stream().findFirst().ifPresent(option -> values.add(option.value()));
        }
        if (values.isEmpty()) {
            values.add("");
        }
        return values.stream()
                .limit(MOST)
                .map(value -> Fix.add(attribute.key(), value))
                .toList();
    }
}
