// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.verbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Suggestions;

/** How values and where they come from are told. */
final class ValueText {
    private static final String DEFAULT = "default";

    private ValueText() {}

    static Object shown(ConfigValue value) {
        return shown(value.raw());
    }

    private static Object shown(Object raw) {
        if (raw instanceof List<?> list) {
            return list.stream().map(ValueText::shown).toList();
        }
        return raw instanceof Deferred deferred ? deferred.word() : raw;
    }

    static Map<String, Object> tree(Map<String, ConfigValue> values) {
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((key, value) -> tree.put(key, shown(value)));
        return tree;
    }

    static String from(ConfigValue value) {
        return value.origin().layer().equals(DEFAULT) ? DEFAULT : value.origin().toString();
    }

    /** All keys, with where each value comes from. */
    static Answer all(List<String> before, Map<String, ConfigValue> values) {
        TextTable table = new TextTable("KEY", "VALUE", "FROM");
        Map<String, Object> data = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            table.row(key, shown(value), from(value));
            data.put(key, Map.of("value", shown(value), "from", from(value)));
        });
        List<String> lines = new ArrayList<>(before);
        lines.addAll(table.lines());
        return Answer.of(lines, data);
    }

    /** Why a key has its value, and what it hides. */
    static Answer explained(String id, String key, Map<String, ConfigValue> values) {
        ConfigValue value = values.get(key);
        if (value == null) {
            List<String> near = Suggestions.nearest(key, values.keySet());
            throw new UnknownNameException(id + " has no key " + key
                    + (near.isEmpty()
                            ? " (it has: " + String.join(", ", values.keySet()) + ")"
                            : ", did you mean " + near.get(0) + "?"));
        }
        List<String> lines = new ArrayList<>();
        List<Object> shadowed = new ArrayList<>();
        lines.add(key + " = " + shown(value) + "   from " + from(value) + layer(value));
        for (ConfigValue hidden : value.shadowed()) {
            lines.add("  hides " + shown(hidden) + "   from " + from(hidden) + layer(hidden));
            shadowed.add(Map.of("value", shown(hidden), "from", from(hidden)));
        }
        return Answer.of(lines, Map.of("key", key, "value", shown(value), "from", from(value), "hides", shadowed));
    }

    private static String layer(ConfigValue value) {
        return value.origin().layer().equals(DEFAULT)
                ? ""
                : " (" + value.origin().layer() + ")";
    }
}
