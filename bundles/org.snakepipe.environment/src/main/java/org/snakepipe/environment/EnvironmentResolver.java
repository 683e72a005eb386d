// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.format.Formats;
import org.snakepipe.environment.internal.graph.EnvironmentGraph;
import org.snakepipe.environment.internal.layer.LayerCache;
import org.snakepipe.environment.internal.layer.Layers;
import org.snakepipe.environment.internal.layer.Merged;
import org.snakepipe.environment.internal.source.ConfigTree;
import org.snakepipe.environment.internal.source.Layer;
import org.snakepipe.environment.internal.source.Numbered;
import org.snakepipe.environment.internal.source.Placements;
import org.snakepipe.environment.internal.word.WordResolver;

/**
 * Lays the layers of a configuration directory over one another, key by key: {@code base}, the ancestors of the environment
 * from the oldest on, the environment, {@code local}, environment variables, overrides.
 *
 * <p>Remembers the directory that was read last, and what was merged lately, so that a change costs what it touches. One lock
 * guards all of that.
 */
public final class EnvironmentResolver implements EnvironmentManager {
    private static final Origin NOWHERE = new Origin("", "", 0, 0);
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.origin().orElse(NOWHERE),
                    Comparator.comparing(Origin::source)
                            .thenComparingInt(Origin::line)
                            .thenComparingInt(Origin::column))
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    private final LayerCache cache = new LayerCache();
    private ConfigFiles last = ConfigFiles.empty();

    @Override
    public synchronized ConfigFiles read(Map<String, byte[]> files) {
        last = last.with(ConfigTree.of(files, last.tree(), Formats::parse));
        return last;
    }

    @Override
    public synchronized Resolution resolve(ConfigFiles base, String name, Surroundings surroundings, KnownKeys known) {
        EnvironmentGraph graph = base.graph();
        Environment environment = graph.environment(name);
        List<Problem> problems = new ArrayList<>(base.tree().problems());
        problems.addAll(graph.problems(name));
        List<String> names = layers(environment, surroundings);
        List<Layer> files = names.stream().map(base.tree()::layer).toList();
        Layer.parse(files);
        Layers layers = new Layers(cache, names, files);
        layers.addVariables(surroundings.variables(), known);
        Instant now = surroundings.clock().instant();
        problems.addAll(surroundings.overrides().problems());
        layers.addOverrides(surroundings.overrides().active(now), known);
        problems.addAll(layers.problems());
        Numbered<Merged> merged = layers.merged();
        WordResolver words = new WordResolver(
                surroundings,
                surroundings.secrets().or(base.tree()::secretNames),
                known,
                id -> written(merged.get(id)));
        Map<ConfigId, Map<String, ConfigValue>> values = cache.values(merged, words, problems);
        problems.sort(BY_PLACE);
        List<Problem> sorted = List.copyOf(problems);
        Effects effects = new Effects(environment, names, merged, known);
        Optional<Instant> expiry = surroundings.overrides().nextExpiry(now);
        return new Resolution(environment, values, sorted, effects, new Doubts(sorted, merged), expiry);
    }

    @Override
    public synchronized Environments environments(ConfigFiles base) {
        EnvironmentGraph graph = base.graph();
        List<Problem> problems = new ArrayList<>();
        graph.names().forEach(name -> problems.addAll(graph.ownProblems(name)));
        problems.sort(BY_PLACE);
        return new Environments(graph.names().stream().map(graph::environment).toList(), problems);
    }

    private static List<String> layers(Environment environment, Surroundings surroundings) {
        List<String> layers = new ArrayList<>(List.of(Placements.BASE));
        environment.ancestors().forEach(ancestor -> layers.add(Placements.layer(ancestor)));
        layers.add(Placements.layer(environment.name()));
        if (surroundings.local()) {
            layers.add(Placements.LOCAL);
        }
        return layers;
    }

    private static Map<String, ConfigValue> written(Merged merged) {
        return merged == null ? null : merged.written();
    }
}
