// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.format.Node.Entry;
import org.snakepipe.environment.internal.format.Node.Mapping;
import org.snakepipe.environment.internal.format.Node.Scalar;
import org.snakepipe.environment.internal.format.Node.Sequence;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.ListText;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TwoPlaces;

/** Turns one mapping of a document into one configuration: nested keys are joined with dots. Used once. */
final class BlockReader {
    /** Keys of OSGi's configurator that say nothing of the configuration itself. */
    private static final String CONFIGURATOR = ":configurator:";

    private final Place place;
    private final ConfigId id;
    private final List<Problem> problems;
    private final Map<String, ConfigValue> values = new LinkedHashMap<>();
    private final Map<String, Origin> byLowerCase = new HashMap<>();

    BlockReader(Place place, ConfigId id, List<Problem> problems) {
        this.place = place;
        this.id = id;
        this.problems = problems;
    }

    Block read(Mapping mapping, Origin origin) {
        read(mapping, "");
        return new Block(id, origin, values);
    }

    private void read(Mapping mapping, String prefix) {
        for (Entry entry : mapping.entries()) {
            Origin at = place.at(entry.line(), entry.column());
            if (place.format() != Format.YAML && prefix.isEmpty() && entry.key().startsWith(CONFIGURATOR)) {
                continue;
            }
            String key = prefix + entry.key();
            if (entry.value() instanceof Mapping inner) {
                nested(inner, key, at);
            } else {
                typed(key, entry.value(), at);
            }
        }
    }

    private void nested(Mapping inner, String key, Origin at) {
        if (place.format() == Format.CFG_JSON) {
            report("value.nested", key, at, key + " holds keys (allowed: a value, or a list of values)");
        } else if (inner.entries().isEmpty()) {
            report("value.empty", key, at, key + " holds no keys (allowed: a value, a list, or keys)");
        } else if (key.equals("<<") || key.endsWith(".<<")) {
            report(
                    "yaml.merge",
                    key,
                    at,
                    "<< is no key of YAML 1.2: nothing is merged (write the keys, or use layers)");
        } else {
            read(inner, key + ".");
        }
    }

    private void typed(String written, Node node, Origin at) {
        int colon = place.format() == Format.YAML ? -1 : written.lastIndexOf(':');
        String key = colon < 0 ? written : written.substring(0, colon);
        JsonType type = colon < 0 ? null : JsonType.of(written.substring(colon + 1));
        if (colon >= 0 && (type == null || key.isEmpty())) {
            report(
                    "key.type",
                    written,
                    at,
                    written + " has a type that is none (allowed: String, Integer, Long, Double,"
                            + " Float, Byte, Short, Character, Boolean, each also with [])");
            return;
        }
        Object raw = raw(node, key, at);
        if (raw == null) {
            return;
        }
        try {
            put(key, type == null ? raw : type.convert(raw), at);
        } catch (IllegalArgumentException e) {
            report("value.type", key, at, "the value of " + key + " is no " + written.substring(colon + 1));
        }
    }

    /** {@code null} when it is no value, which has been reported. */
    private Object raw(Node node, String key, Origin at) {
        if (node instanceof Scalar scalar && scalar.value() != null) {
            return scalar.value() instanceof String text ? ListText.quoted(text) : scalar.value();
        }
        if (node instanceof Sequence sequence) {
            List<Object> elements = new ArrayList<>();
            for (Node item : sequence.items()) {
                if (!(item instanceof Scalar scalar) || scalar.value() == null) {
                    Origin there = place.at(item.line(), item.column());
                    report(
                            "value.nested",
                            key,
                            there,
                            key + ": an element is no value (allowed: text, numbers, true, false)");
                    return null;
                }
                elements.add(scalar.value());
            }
            return List.copyOf(elements);
        }
        report("value.empty", key, at, key + " has no value (allowed: a value, \"\" for empty text, $[unset])");
        return null;
    }

    /** ConfigurationAdmin does not tell upper from lower case in keys. */
    private void put(String key, Object raw, Origin at) {
        Origin first = byLowerCase.putIfAbsent(key.toLowerCase(Locale.ROOT), at);
        if (first == null) {
            values.put(key, ConfigValue.of(raw, at));
            return;
        }
        String message = key + " is set twice, " + TwoPlaces.lines(first, at) + " (allowed: once)";
        problems.add(Problem.error("key.twice", message)
                .id(id)
                .key(key)
                .at(at)
                .fixes(List.of(Fix.remove()))
                .build());
    }

    private void report(String code, String key, Origin at, String message) {
        problems.add(Problem.error(code, message).id(id).key(key).at(at).build());
    }
}
