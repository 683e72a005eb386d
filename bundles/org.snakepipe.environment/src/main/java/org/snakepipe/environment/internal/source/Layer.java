// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;

/** The files of one layer, read when somebody asks for them, and once. Not thread-safe. */
public final class Layer {
    private static final Layer EMPTY = new Layer(List.of());
    /** From so many files on it pays to parse them with all processors. */
    private static final int MANY = 128;

    private final List<SourceFile> files;
    private Layer before;
    private SourceFile replaced;
    private Numbered<Block> blocks;
    private List<Problem> problems;

    Layer(List<SourceFile> files) {
        this.files = files;
    }

    /** This layer with another content of one of its files. */
    Layer with(SourceFile file) {
        int index = Collections.binarySearch(files, file, SourceFile.BY_PATH);
        List<SourceFile> copy = new ArrayList<>(files);
        copy.set(index, file);
        Layer layer = new Layer(copy);
        if (blocks != null && problems.isEmpty()) {
            layer.before = this;
            layer.replaced = file;
        }
        return layer;
    }

    static Layer empty() {
        return EMPTY;
    }

    /** Sorted by {@link SourceFile#BY_PATH}. */
    List<SourceFile> files() {
        return files;
    }

    /** What the layer says of each configuration. Of two files that speak of one, the first path counts. */
    public Numbered<Block> blocks() {
        read();
        return blocks;
    }

    /** What is wrong with its files. */
    public List<Problem> problems() {
        read();
        return problems;
    }

    /** Parses what somebody is about to ask for, with all processors where that pays. */
    public static void parse(List<Layer> layers) {
        List<SourceFile> open = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.blocks == null && layer.before == null) {
                open.addAll(layer.files);
            }
        }
        if (open.size() >= MANY) {
            open.parallelStream().forEach(SourceFile::parsed);
        }
    }

    private void read() {
        if (blocks != null || takeOver()) {
            return;
        }
        Map<ConfigId, Block> found = new LinkedHashMap<>();
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
        blocks = Numbered.of(List.copyOf(found.keySet()), found);
    }

    /** From the layer before, if nothing is different but what the file says of the ids that it spoke of before. */
    private boolean takeOver() {
        Layer base = before;
        SourceFile file = replaced;
        before = null;
        replaced = null;
        if (base == null || !file.parsed().problems().isEmpty()) {
            return false;
        }
        List<Block> now = file.parsed().blocks();
        Map<ConfigId, Block> byId = new HashMap<>();
        now.forEach(block -> byId.put(block.id(), block));
        SourceFile old = base.files.get(Collections.binarySearch(base.files, file, SourceFile.BY_PATH));
        Set<ConfigId> ids = new HashSet<>();
        old.parsed().blocks().forEach(block -> ids.add(block.id()));
        if (!ids.equals(byId.keySet())) {
            return false;
        }
        blocks = base.blocks.with(byId);
        problems = base.problems;
        return true;
    }

    /** Said at both places: nobody knows which one is meant. */
    private static Problem twice(Block one, Block other) {
        String message = one.id() + " is configured twice in this layer, "
                + TwoPlaces.here(one.origin(), other.origin()) + " (allowed: once)";
        return Problem.error("id.twice", message).id(one.id()).at(one.origin()).build();
    }
}
