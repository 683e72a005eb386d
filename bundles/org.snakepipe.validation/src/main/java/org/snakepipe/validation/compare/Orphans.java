// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.Resolution;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;
import org.snakepipe.validation.compare.Finding.Kind;

/**
 * Configurations that stand in layers of environments alone, and that no environment completes: either a required key is
 * missing everywhere, or the id is nearly that of another configuration, which has all of its keys and more. Used once.
 */
final class Orphans {
    private final Map<String, Schema> schemas;
    private final Map<ConfigId, Life> lives = new TreeMap<>();
    private final Map<String, Set<ConfigId>> byLayer = new HashMap<>();
    /** Name of an environment to the layers below its own. */
    private final Map<String, List<String>> standsOn = new HashMap<>();

    /** What is known of one configuration. */
    private static final class Life {
        /** Its files, the lowest of the first environment first. */
        final Set<String> sources = new LinkedHashSet<>();

        final Set<String> layers = new HashSet<>();
        final Set<String> keys = new TreeSet<>();
        /** Required keys that are missing in the environment that misses the fewest. */
        Set<String> missing;
        /** Where its first key is written. */
        Origin place;
    }

    Orphans(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    void add(Resolution resolution) {
        List<String> lower = new ArrayList<>(resolution.environment().ancestors());
        lower.add(Directory.BASE);
        standsOn.put(resolution.environment().name(), lower);
        resolution.values().forEach((id, values) -> {
            Life life = lives.computeIfAbsent(id, absent -> new Life());
            for (String source : resolution.sources(id)) {
                if (life.sources.add(source)) {
                    life.layers.add(Directory.layer(source));
                    byLayer.computeIfAbsent(Directory.layer(source), absent -> new HashSet<>())
                            .add(id);
                }
            }
            life.keys.addAll(values.keySet());
            if (life.place == null) {
                life.place = values.values().stream()
                        .findFirst()
                        .map(value -> value.origin())
                        .orElse(null);
            }
            Set<String> missing = missing(id, values.keySet());
            if (life.missing == null || missing.size() < life.missing.size()) {
                life.missing = missing;
            }
        });
    }

    private Set<String> missing(ConfigId id, Set<String> keys) {
        Set<String> missing = new TreeSet<>();
        Schema schema = schemas.get(id.pid());
        for (Attribute attribute : schema == null ? List.<Attribute>of() : schema.attributes()) {
            if (attribute.required() && attribute.defaults().isEmpty() && !keys.contains(attribute.key())) {
                missing.add(attribute.key());
            }
        }
        return missing;
    }

    List<Finding> findings(Directory directory) {
        List<Finding> findings = new ArrayList<>();
        lives.forEach((id, life) -> {
            if (life.sources.stream().noneMatch(Directory::isBase) && !directory.isUnsure(id)) {
                finding(id, life, near(id, life)).ifPresent(findings::add);
            }
        });
        return findings;
    }

    private Optional<Finding> finding(ConfigId id, Life life, List<ConfigId> near) {
        boolean partOfAnother = life.layers.size() == 1
                && near.stream().anyMatch(other -> lives.get(other).keys.size() > life.keys.size());
        if (life.missing.isEmpty() && !partOfAnother) {
            return Optional.empty();
        }
        String reason = life.missing.isEmpty()
                ? " has these keys alone here, and another configuration has them and more"
                : " has no " + String.join(", ", life.missing) + " in any environment, and no file in base/";
        Problem problem = Problem.warning("environment.orphan", id + reason)
                .id(id)
                .at(life.place == null ? new Origin("", life.sources.iterator().next(), 0, 0) : life.place)
                .fixes(near.stream().map(other -> Fix.rename(other.toString())).toList())
                .build();
        return Optional.of(Finding.of(
                Kind.ORPHAN,
                problem,
                near.stream()
                        .map(other -> lives.get(other).place)
                        .filter(place -> place != null)
                        .toList()));
    }

    /** Ids that may be meant: lower layers have them with all of its keys, and its own layer does not know them. */
    private List<ConfigId> near(ConfigId id, Life life) {
        int dot = id.pid().lastIndexOf('.') + 1;
        String family = id.pid().substring(0, dot);
        Map<String, ConfigId> names = new TreeMap<>();
        Map<String, ConfigId> pids = new TreeMap<>();
        for (ConfigId other : below(life)) {
            Life known = lives.get(other);
            if (!known.keys.containsAll(life.keys) || known.layers.stream().anyMatch(life.layers::contains)) {
                continue;
            }
            if (other.pid().equals(id.pid())) {
                names.put(other.name(), other);
            } else if (other.name().equals(id.name()) && other.pid().startsWith(family)) {
                pids.put(other.pid().substring(dot), other);
            }
        }
        List<ConfigId> near = new ArrayList<>();
        Suggestions.nearest(id.name(), names.keySet()).forEach(name -> near.add(names.get(name)));
        Suggestions.nearest(id.pid().substring(dot), pids.keySet()).forEach(pid -> near.add(pids.get(pid)));
        return near;
    }

    /** What is in the layers that its layers stand on. */
    private Set<ConfigId> below(Life life) {
        Set<String> lower = new HashSet<>();
        life.layers.forEach(layer -> lower.addAll(standsOn.getOrDefault(layer, List.of())));
        lower.removeAll(life.layers);
        Set<ConfigId> ids = new HashSet<>();
        lower.forEach(layer -> ids.addAll(byLayer.getOrDefault(layer, Set.of())));
        return ids;
    }
}
