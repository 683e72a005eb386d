// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.environment.internal.source.Block;

class MergeCacheTest {
    private static final Origin ORIGIN = new Origin("base", "base/a.cfg", 1, 1);

    private final MergeCache cache = new MergeCache();

    @Test
    void remembersWhatSomebodyHolds() {
        Block block = block(0);
        Merged merged = cache.get(List.of(block));

        System.gc();

        assertThat(cache.get(List.of(block))).isSameAs(merged);
        assertThat(cache.get(List.of(block(0))))
                .as("other blocks that say the same")
                .isNotSameAs(merged);
    }

    /** A process that runs for a year sees many edits. */
    @Test
    void forgetsWhatEditsLeaveBehind() {
        Merged held = cache.get(List.of(block(0)));
        for (int edit = 1; edit <= 10_000; edit++) {
            cache.get(List.of(block(edit)));
        }

        int least = Integer.MAX_VALUE;
        // The collector hands over what it has cleared when it likes.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (least > 1 && System.nanoTime() < deadline) {
            System.gc();
            Thread.yield();
            least = Math.min(least, cache.size());
        }

        assertThat(least).isEqualTo(1);
        Reference.reachabilityFence(held);
    }

    /** So many that all processors merge them. */
    @Test
    void mergesManyAsItMergesOne() {
        List<List<Block>> blocks = IntStream.range(0, 1_000)
                .mapToObj(number -> List.of(block(number)))
                .toList();
        Merged known = cache.get(blocks.get(500));

        List<Merged> all = cache.getAll(blocks);

        assertThat(all).extracting(Merged::blocks).isEqualTo(blocks);
        assertThat(all.get(500)).isSameAs(known);
        assertThat(cache.getAll(blocks)).containsExactlyElementsOf(all);
        assertThat(cache.get(blocks.get(7))).isSameAs(all.get(7));
        assertThat(cache.size()).isEqualTo(1_000);
    }

    private static Block block(int value) {
        return new Block(ConfigId.parse("a"), ORIGIN, Map.of("key", ConfigValue.of("" + value, ORIGIN)));
    }
}
