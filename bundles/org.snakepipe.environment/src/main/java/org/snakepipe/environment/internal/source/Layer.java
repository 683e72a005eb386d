// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/** The files of one layer, read when somebody asks for them, and once. Not thread-safe. */
public final class Layer {
    private static final Layer EMPTY = new Layer(List.of());

    private final List<SourceFile> files;
    private Map<ConfigId, Block> blocks;
    private List<Problem> problems;

    Layer(List<SourceFile> files) {
        this.files = files;
    }

    static Layer empty() {
        return EMPTY;
    }

    /** Sorted by path. */
    List<SourceFile> files() {
        return files;
    }

    /** What the layer says of each configuration. Of two files that speak of one, the first path counts. */
    public Map<ConfigId, Block> blocks() {
        read();
        return blocks;
    }

    /** What is wrong with its files. */
    public List<Problem> problems() {
        read();
        return problems;
    }

    private void read() {
        if (blocks != null) {
            return;
        }
        Map<ConfigId, Block> found = new HashMap<>();
        List<Problem> wrong = new ArrayList<>();
        Set<ConfigId> reported = new HashSet<>();
        for (SourceFile file : files) {
            wrong.addAll(file.parsed().problems());
            for (Block block : file.parsed().blocks()) {
                Block first = found.putIfAbsent(block.id(), block);
                if (first != null) {
                    if (reported.add(block.id())) {
                        wrong.add(twice(first, block));
                    }
                    wrong.add(twice(block, first));
                }
            }
        }
        problems = List.copyOf(wrong);
        blocks = found;
    }

    /** Said at both places: nobody knows which one is meant. */
    private static Problem twice(Block one, Block other) {
        String message =
                one.id() + " is configured twice in this layer, here and in " + other.origin() + " (allowed: once)";
        return Problem.error("id.twice", message).id(one.id()).at(one.origin()).build();
    }
}
