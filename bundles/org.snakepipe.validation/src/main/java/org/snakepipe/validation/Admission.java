// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.schema.Schema;

/** Whether a configuration has a plugin that could take it. Without state. */
final class Admission {
    private Admission() {}

    /** Why it cannot be taken; empty when it can be checked against its schema. */
    static Optional<Problem.Builder> refusal(ConfigId id, Map<String, Schema> schemas) {
        Schema schema = schemas.get(id.pid());
        if (id.pid().equals(ConfigValidator.BARRIER)) {
            return Optional.of(Problem.error(
                    "pid.reserved", "the PID " + id.pid() + " belongs to the runtime: remove the configuration"));
        }
        if (schema == null) {
            return Optional.of(
                    Problem.warning("pid.waiting", id + " waits: " + reason(id)).fixes(misspelt(id.pid(), schemas)));
        }
        if (schema.isFactory() != id.isFactory()) {
            return Optional.of(Problem.error(
                    "pid.factory",
                    schema.isFactory()
                            ? id + " needs a name, as there may be several: " + id.pid() + "~NAME"
                            : id + " has a name, but there is only one: " + id.pid()));
        }
        return Optional.empty();
    }

    /** Why a configuration waits whose PID no plugin knows. */
    static String reason(ConfigId id) {
        return "no plugin knows " + id.pid() + " yet";
    }

    /** Only the last word of a PID is compared: families have names that are much alike. */
    private static List<Fix> misspelt(String pid, Map<String, Schema> schemas) {
        int dot = pid.lastIndexOf('.') + 1;
        Map<String, String> siblings = new TreeMap<>();
        schemas.keySet().stream()
                .filter(known -> known.length() > dot && known.regionMatches(true, 0, pid, 0, dot))
                .forEach(known -> siblings.put(known.substring(dot), known));
        return Suggestions.nearest(pid.substring(dot), siblings.keySet()).stream()
                .map(word -> Fix.rename(siblings.get(word)))
                .toList();
    }
}
