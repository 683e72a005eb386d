// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Vocabulary;

/** Says what is wrong with keys that a schema does not know. Immutable. */
final class UnknownKeys {
    private static final int MOST_LISTED = 12;

    private final String pid;
    private final boolean open;
    private final Vocabulary known;
    private final String listed;

    UnknownKeys(String pid, KeyTable table, boolean open) {
        this.pid = pid;
        this.open = open;
        List<String> keys = new ArrayList<>();
        for (int number = 0; number < table.size(); number++) {
            keys.add(table.key(number));
        }
        known = Vocabulary.of(keys);
        int more = keys.size() - MOST_LISTED;
        listed = more > 0
                ? String.join(", ", keys.subList(0, MOST_LISTED)) + " and " + more + " more"
                : String.join(", ", keys);
    }

    /**
     * Reports a key.
     *
     * @param written all keys that are written, with their values
     * @return the value as it is written, for what it is to be delivered as; {@code null} when it is not to be delivered
     */
    Object check(String key, ConfigValue value, Map<String, ConfigValue> written, Findings findings) {
        List<String> nearest = known.nearest(key);
        List<Fix> fixes = new ArrayList<>();
        nearest.stream()
                .filter(one -> !isBeside(written.get(one), value.origin()))
                .map(Fix::rename)
                .forEach(fixes::add);
        if (fixes.isEmpty() && !nearest.isEmpty()) {
            // What was meant is written in the same file already: this is left over.
            fixes.add(Fix.remove());
        }
        if (open) {
            return openly(key, value, fixes, findings);
        }
        String allowed = nearest.isEmpty()
                ? " (allowed: " + listed + ")"
                : fixes.get(0).equals(Fix.remove())
                        ? " (did you mean '" + nearest.get(0) + "'? it is written in this file too)"
                        : "";
        findings.add(Problem.error("key.unknown", key + " is not a key of " + pid + allowed)
                .key(key)
                .at(value.origin())
                .fixes(fixes));
        return null;
    }

    /** What another layer says is no reason to take this away: it may be meant to be laid over it. */
    private static boolean isBeside(ConfigValue other, Origin place) {
        return other != null
                && Stream.concat(Stream.of(other), other.shadowed().stream())
                        .anyMatch(value -> value.origin().source().equals(place.source())
                                && value.origin().layer().equals(place.layer()));
    }

    private Object openly(String key, ConfigValue value, List<Fix> fixes, Findings findings) {
        if (isSecret(value.raw())) {
            findings.add(Problem.error(
                            "secret.exposed",
                            key + " holds a secret, which would show there (allowed: secrets in keys that the schema"
                                    + " calls secret)")
                    .key(key)
                    .at(value.origin()));
            return null;
        }
        findings.add(
                Problem.warning("key.unknown", key + " is not known of " + pid + ", and is delivered as it is written")
                        .key(key)
                        .at(value.origin())
                        .fixes(fixes));
        return verbatim(value.raw());
    }

    private static boolean isSecret(Object raw) {
        return raw instanceof Deferred deferred && deferred.secret()
                || raw instanceof List<?> list && list.stream().anyMatch(UnknownKeys::isSecret);
    }

    /** ConfigurationAdmin takes lists of one type only; texts are what every reader of an unknown key can take. */
    private static Object verbatim(Object raw) {
        return raw instanceof List<?> list ? list.stream().map(String::valueOf).toArray(String[]::new) : raw;
    }
}
