// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.word.Template.Word;

/**
 * Finds the key that {@code $[prop:NAME]} means: one of the same configuration, or else a shared one of {@code properties}, or
 * with {@code $[prop:ID/KEY]} one of any configuration. A key that names itself means the shared one.
 */
final class Properties {
    private final Function<ConfigId, Map<String, ConfigValue>> written;

    Properties(Function<ConfigId, Map<String, ConfigValue>> written) {
        this.written = written;
    }

    /** The value as the layers give it; {@code null} when there is none. */
    ConfigValue written(Reference reference) {
        return values(reference.id()).get(reference.key());
    }

    /** The key that is meant; empty when there is none. */
    Optional<Reference> find(Word word, Reference from) {
        String name = word.name();
        if (!name.equals(from.key()) && values(from.id()).containsKey(name)) {
            return Optional.of(new Reference(from.id(), name, from.secret()));
        }
        if (!from.id().equals(Place.PROPERTIES) && values(Place.PROPERTIES).containsKey(name)) {
            return Optional.of(new Reference(Place.PROPERTIES, name, from.secret()));
        }
        return elsewhere(name, from).filter(reference -> written(reference) != null);
    }

    /** What might be meant when nothing was found. */
    List<String> meant(Word word, Reference from) {
        List<String> known = new ArrayList<>(values(from.id()).keySet());
        known.remove(from.key());
        known.addAll(values(Place.PROPERTIES).keySet());
        elsewhere(word.name(), from)
                .ifPresent(reference ->
                        values(reference.id()).keySet().forEach(key -> known.add(reference.id() + "/" + key)));
        return Words.meant(word, known);
    }

    private static Optional<Reference> elsewhere(String name, Reference from) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            ConfigId id = ConfigId.parse(name.substring(0, slash));
            return Optional.of(new Reference(id, name.substring(slash + 1), from.secret()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Map<String, ConfigValue> values(ConfigId id) {
        Map<String, ConfigValue> values = written.apply(id);
        return values == null ? Map.of() : values;
    }
}
