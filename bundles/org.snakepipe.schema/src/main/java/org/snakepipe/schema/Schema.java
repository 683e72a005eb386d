// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakepipe.schema.internal.check.SchemaCheck;

/** What a configuration of one PID may contain, compiled once to what its check needs. Immutable. */
public final class Schema {
    private final String pid;
    private final boolean factory;
    private final String name;
    private final String description;
    private final Map<String, Attribute> attributes;
    private final List<Attribute> inOrder;
    private final List<Attribute> references;
    private final List<Attribute> secrets;
    private final Traits traits;
    private final SchemaCheck check;

    /**
     * A schema.
     *
     * @param pid         the PID or factory PID
     * @param factory     {@code true} for a factory PID
     * @param name        for people; may be empty
     * @param description for people; may be empty
     * @param attributes  the keys, in the order in which people should see them
     * @throws IllegalArgumentException if two attributes have the same key
     */
    public Schema(String pid, boolean factory, String name, String description, List<Attribute> attributes) {
        this(pid, factory, name, description, attributes, Traits.NONE);
    }

    /**
     * A schema, compiled to what its checks need.
     *
     * @param pid         the PID or factory PID
     * @param factory     {@code true} for a factory PID
     * @param name        for people; may be empty
     * @param description for people; may be empty
     * @param attributes  the keys, in the order in which people should see them
     * @param traits      what is said about it as a whole
     * @throws IllegalArgumentException if two attributes have the same key, or a key is named that there is not
     */
    public Schema(
            String pid, boolean factory, String name, String description, List<Attribute> attributes, Traits traits) {
        this.pid = Objects.requireNonNull(pid, "pid");
        this.factory = factory;
        this.name = Objects.requireNonNull(name, "name");
        this.description = Objects.requireNonNull(description, "description");
        Map<String, Attribute> byKey = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            if (byKey.put(attribute.key(), attribute) != null) {
                throw new IllegalArgumentException(pid + " has the key " + attribute.key() + " twice (allowed: once)");
            }
        }
        this.attributes = Collections.unmodifiableMap(byKey);
        inOrder = List.copyOf(attributes);
        references = inOrder.stream()
                .filter(attribute -> attribute.constraints().reference().isPresent())
                .toList();
        secrets = inOrder.stream().filter(Attribute::isSecret).toList();
        this.traits = Objects.requireNonNull(traits, "traits");
        check = new SchemaCheck(pid, inOrder, traits);
    }

    /**
     * The PID or factory PID.
     *
     * @return the PID
     */
    public String pid() {
        return pid;
    }

    /**
     * Tells whether there are instances with names.
     *
     * @return {@code true} for a factory PID
     */
    public boolean isFactory() {
        return factory;
    }

    /**
     * The name for people.
     *
     * @return the name; may be empty
     */
    public String name() {
        return name;
    }

    /**
     * The description for people.
     *
     * @return the description; may be empty
     */
    public String description() {
        return description;
    }

    /**
     * All keys.
     *
     * @return attributes, in the order of the source
     */
    public List<Attribute> attributes() {
        return inOrder;
    }

    /**
     * One key.
     *
     * @param key the key
     * @return its attribute, if the schema knows it
     */
    public Optional<Attribute> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    /**
     * The keys whose values are ids of other configurations.
     *
     * @return attributes, in the order of the source
     */
    public List<Attribute> references() {
        return references;
    }

    /**
     * The keys whose values must never be shown.
     *
     * @return attributes, in the order of the source
     */
    public List<Attribute> secrets() {
        return secrets;
    }

    /**
     * What is said about the PID as a whole.
     *
     * @return traits
     */
    public Traits traits() {
        return traits;
    }

    SchemaCheck check() {
        return check;
    }

    @Override
    public String toString() {
        return pid + " " + attributes.keySet();
    }
}
