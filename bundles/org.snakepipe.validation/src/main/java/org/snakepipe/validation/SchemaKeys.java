// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;

/**
 * What the layers have to know of the schemas.
 *
 * @param schemas PID to its schema
 */
public record SchemaKeys(Map<String, Schema> schemas) implements KnownKeys {
    @Override
    public Set<String> keys(String pid) {
        Schema schema = schemas.get(pid);
        Set<String> keys = new HashSet<>();
        if (schema != null) {
            schema.attributes().forEach(attribute -> keys.add(attribute.key()));
        }
        return keys;
    }

    @Override
    public Set<String> singletons() {
        Set<String> pids = new HashSet<>();
        schemas.values().stream().filter(schema -> !schema.isFactory()).forEach(schema -> pids.add(schema.pid()));
        return pids;
    }

    @Override
    public boolean isSecret(String pid, String key) {
        Schema schema = schemas.get(pid);
        return schema != null
                && schema.attribute(key).filter(Attribute::isSecret).isPresent();
    }

    /**
     * Tells whether nobody may see a value: it is secret, or it may be, as the key or the PID is unknown.
     *
     * @param pid of the configuration
     * @param key one of its keys
     * @return {@code true} when it is to be masked
     */
    public boolean isHidden(String pid, String key) {
        Schema schema = schemas.get(pid);
        return schema == null
                || isSecret(pid, key)
                || schema.attribute(key).isEmpty() && !schema.secrets().isEmpty();
    }

    @Override
    public List<String> defaults(String pid, String key) {
        Schema schema = schemas.get(pid);
        return schema == null
                ? List.of()
                : schema.attribute(key).map(Attribute::defaults).orElse(List.of());
    }
}
