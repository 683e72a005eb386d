// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.export;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keys whose words are nested: {@code record: {type: x}} for {@code record.type}. They are {@code patternProperties}, so that
 * editors take them and offer the dotted key alone. Used once.
 */
final class NestedKeys {
    private static final String PATTERNS = "patternProperties";

    private final Map<String, Object> properties;
    /** What keys that are not known may be. */
    private final Object others;

    private final String place;
    /** All that ends in front of a dot of a key, without the dot. */
    private final SortedSet<String> heads = new TreeSet<>();

    NestedKeys(Map<String, Object> properties, Object others, String place) {
        this.properties = properties;
        this.others = others;
        this.place = place;
        for (String key : properties.keySet()) {
            for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
                heads.add(key.substring(0, dot));
            }
        }
    }

    void describe(Map<String, Object> keywords, Map<String, Object> definitions) {
        Map<String, Object> patterns = new LinkedHashMap<>();
        // Types behind keys, and notes of OSGi's configurator, in JSON.
        patterns.put("^:configurator:|.:[A-Za-z]+(?:\\[\\])?$", true);
        for (String head : heads) {
            definitions.put(name(head), node(head));
            if (properties.containsKey(head)) {
                properties.put(head, Map.of("anyOf", List.of(properties.get(head), reference(head))));
            } else {
                patterns.put("^" + Regexes.quoted(head) + "$", reference(head));
            }
        }
        keywords.put(PATTERNS, patterns);
    }

    private Map<String, Object> node(String head) {
        Map<String, Object> inner = new LinkedHashMap<>();
        String front = head + ".";
        for (String key : properties.keySet()) {
            if (key.startsWith(front)) {
                inner.put(key.substring(front.length()), Map.of("$ref", place + "/properties/" + escaped(key)));
            }
        }
        Map<String, Object> patterns = new LinkedHashMap<>();
        patterns.put(".:[A-Za-z]+(?:\\[\\])?$", true);
        for (String other : heads) {
            String rest = other.startsWith(front) ? other.substring(front.length()) : "";
            if (!rest.isEmpty() && !inner.containsKey(rest)) {
                patterns.put("^" + Regexes.quoted(rest) + "$", reference(other));
            }
        }
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("type", "object");
        node.put("minProperties", 1);
        node.put("properties", inner);
        node.put(PATTERNS, patterns);
        node.put("additionalProperties", others);
        return node;
    }

    private Map<String, Object> reference(String head) {
        return Map.of("$ref", place + "/$defs/" + escaped(name(head)));
    }

    /** Apart from the names of other definitions, which end in no dot. */
    private static String name(String head) {
        return head + ".";
    }

    /** A key in a JSON pointer in a fragment. */
    private static String escaped(String key) {
        StringBuilder text = new StringBuilder();
        for (byte octet : key.replace("~", "~0").replace("/", "~1").getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0);
            text.append(plain ? String.valueOf((char) octet) : String.format("%%%02X", octet));
        }
        return text.toString();
    }
}
