// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.environment.internal.layer.Merged;
import org.snakepipe.environment.internal.source.Block;

/** The laws of layering, with one key of one configuration in each layer or not. */
class LayeringTest {
    private static final ConfigId ID = ConfigId.parse("p");

    @Property
    void isAssociative(@ForAll("layers") List<Map<String, String>> layers, @ForAll Random random) {
        List<Block> blocks = layers.stream().map(LayeringTest::block).toList();
        int cut = blocks.isEmpty() ? 0 : random.nextInt(blocks.size());
        if (cut == 0) {
            return;
        }

        Map<String, List<Object>> all = stacks(Merged.of(blocks));
        Map<String, List<Object>> low = stacks(Merged.of(blocks.subList(0, cut)));
        Map<String, List<Object>> high = stacks(Merged.of(blocks.subList(cut, blocks.size())));

        assertThat(all).as("what is merged in two steps").isEqualTo(joined(low, high));
    }

    /** A layer twice, one over the other, is that layer once. */
    @Property
    void isIdempotentWithoutInheritance(@ForAll("layers") List<Map<String, String>> layers) {
        Map<String, byte[]> once = chain(layers, 1);
        Map<String, byte[]> twice = chain(layers, 2);

        boolean inherits = layers.stream().anyMatch(layer -> layer.containsValue("$[inherited], x"));
        if (!inherits) {
            assertThat(raws(twice, layers.size() * 2)).isEqualTo(raws(once, layers.size()));
        }
    }

    @Property
    void isIndependentOfTheOrderOfFiles(@ForAll("layers") List<Map<String, String>> layers, @ForAll Random random) {
        Map<String, byte[]> files = chain(layers, 1);
        List<String> paths = new ArrayList<>(files.keySet());
        Collections.shuffle(paths, random);
        Map<String, byte[]> shuffled = new LinkedHashMap<>();
        paths.forEach(path -> shuffled.put(path, files.get(path)));

        Resolution one = resolve(new EnvironmentResolver(), files, layers.size());
        Resolution other = resolve(new EnvironmentResolver(), shuffled, layers.size());

        assertThat(other.values()).isEqualTo(one.values());
        assertThat(other.problems().toString()).isEqualTo(one.problems().toString());
    }

    /** What a warm resolver gives after any change is what a cold one gives. */
    @Property
    void remembersNothingThatIsNoLongerSo(
            @ForAll("layers") List<Map<String, String>> before, @ForAll("layers") List<Map<String, String>> after) {
        EnvironmentResolver warm = new EnvironmentResolver();
        resolve(warm, chain(before, 1), before.size());

        Resolution resolution = resolve(warm, chain(after, 1), after.size());

        Resolution cold = resolve(new EnvironmentResolver(), chain(after, 1), after.size());
        assertThat(resolution.values()).isEqualTo(cold.values());
        assertThat(resolution.problems().toString()).isEqualTo(cold.problems().toString());
    }

    @Provide
    Arbitrary<List<Map<String, String>>> layers() {
        Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "B");
        Arbitrary<String> values = Arbitraries.of(
                "1", "2", "x,y", "$[unset]", "$[inherited], x", "$[prop:a]", "$[prop:b]", "$[env:NO;default=d]");
        return Arbitraries.maps(keys, values).ofMaxSize(4).list().ofMaxSize(5);
    }

    private static Block block(Map<String, String> layer) {
        Map<String, ConfigValue> values = new HashMap<>();
        layer.forEach((key, value) -> values.put(key, ConfigValue.of(value, new Origin("", "", 0, 0))));
        return new Block(ID, new Origin("", "", 0, 0), values);
    }

    /** Each key with all its values, the highest first. */
    private static Map<String, List<Object>> stacks(Merged merged) {
        Map<String, List<Object>> stacks = new TreeMap<>();
        merged.written().forEach((key, value) -> {
            List<Object> stack = new ArrayList<>(List.of(value.raw()));
            value.shadowed().forEach(lower -> stack.add(lower.raw()));
            stacks.put(key, stack);
        });
        return stacks;
    }

    private static Map<String, List<Object>> joined(Map<String, List<Object>> low, Map<String, List<Object>> high) {
        Map<String, List<Object>> joined = new TreeMap<>();
        high.forEach((key, stack) -> joined.put(key, new ArrayList<>(stack)));
        low.forEach((key, stack) ->
                joined.computeIfAbsent(key, absent -> new ArrayList<>()).addAll(stack));
        return joined;
    }

    /** A line of environments, one for each layer, each as often as told. */
    private static Map<String, byte[]> chain(List<Map<String, String>> layers, int times) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int index = 0; index < layers.size() * times; index++) {
            StringBuilder text = new StringBuilder("# layer\n");
            layers.get(index / times).forEach((key, value) -> text.append(key + " = " + value + "\n"));
            String directory = "environments/e" + (index + 1) + "/";
            files.put(directory + "p.cfg", bytes(text.toString()));
            files.put(directory + "environment.cfg", bytes(index == 0 ? "# the first" : "extends = e" + index));
        }
        return files;
    }

    private static Map<String, Object> raws(Map<String, byte[]> files, int depth) {
        Map<String, Object> raws = new TreeMap<>();
        resolve(new EnvironmentResolver(), files, depth)
                .values()
                .getOrDefault(ID, Map.of())
                .forEach((key, value) -> raws.put(key, value.raw()));
        return raws;
    }

    private static Resolution resolve(EnvironmentManager manager, Map<String, byte[]> files, int depth) {
        return manager.resolve(manager.read(files), depth == 0 ? "dev" : "e" + depth);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
