// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.environment.internal.layer.Merged;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.Placements;
import org.snakepipe.environment.internal.word.WordResolver;

/** Tells which written values count. Immutable. */
final class Effects {
    private static final String MASK = "<set>";
    private static final int MOST_SHOWN = 80;

    private final Environment environment;
    private final List<String> layers;
    private final Map<ConfigId, Merged> merged;
    private final KnownKeys known;

    Effects(Environment environment, List<String> layers, Map<ConfigId, Merged> merged, KnownKeys known) {
        this.environment = environment;
        this.layers = layers;
        this.merged = merged;
        this.known = known;
    }

    Optional<ConfigValue> written(ConfigId id, String key) {
        return Optional.ofNullable(merged.get(id)).map(one -> one.written().get(key));
    }

    Map<ConfigId, Map<String, ConfigValue>> written() {
        Map<ConfigId, Map<String, ConfigValue>> written = new LinkedHashMap<>();
        merged.forEach((id, one) -> written.put(id, one.written()));
        return Collections.unmodifiableMap(written);
    }

    List<String> sources(ConfigId id) {
        Merged one = merged.get(id);
        return one == null
                ? List.of()
                : one.blocks().stream().map(block -> block.origin().source()).toList();
    }

    Optional<Shadowed> shadowed(ConfigId id, String key, String source) {
        ConfigValue top = written(id, key).orElse(null);
        if (top == null) {
            return Optional.empty();
        }
        boolean counts = true;
        ConfigValue above = top;
        for (ConfigValue lower : all(top)) {
            if (lower.origin().source().equals(source)) {
                return counts
                        ? Optional.empty()
                        : Optional.of(new Shadowed(id, key, lower.origin(), above.origin(), shown(id, key, above)));
            }
            if (counts) {
                above = lower;
            }
            // As long as everything above takes over what is below, what is below counts.
            counts &= WordResolver.inherits(lower.raw());
        }
        return Optional.empty();
    }

    private static List<ConfigValue> all(ConfigValue top) {
        List<ConfigValue> all = new ArrayList<>(List.of(top));
        all.addAll(top.shadowed());
        return all;
    }

    boolean counts(String source) {
        Place place = Placements.of(source).place();
        return place == null || layers.contains(place.layer());
    }

    List<String> noEffect(String source) {
        Place place = Placements.of(source).place();
        if (!counts(source)) {
            return List.of("no effect: " + source + " is of layer " + place.layer() + ", and " + environment.name()
                    + " does not stand on it");
        }
        List<String> sentences = new ArrayList<>();
        merged.forEach((id, one) -> {
            for (Block block : one.blocks()) {
                if (block.origin().source().equals(source)) {
                    block.values()
                            .keySet()
                            .forEach(key -> shadowed(id, key, source)
                                    .ifPresent(shadowed -> sentences.add(shadowed.toString())));
                }
            }
        });
        return sentences;
    }

    private String shown(ConfigId id, String key, ConfigValue value) {
        if (WordResolver.isUnset(value.raw())) {
            return Shadowed.UNSET;
        }
        if (known.isSecret(id.pid(), key)) {
            return MASK;
        }
        String text = value.raw().toString();
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
    }
}
