// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.snakepipe.api.config.ConfigId;

/**
 * Files in the order in which they came. The next time mostly all of them are the same and come in the same order: then a file
 * is found where it was, and is not even looked at. With fifty thousand files that is the difference between one millisecond
 * and ten. Immutable.
 */
final class SourceFiles {
    /** From so many files on it pays to place them with all processors. */
    private static final int MANY = 512;

    static final SourceFiles NONE = new SourceFiles(new String[0], new byte[0][], List.of(), null);

    private final String[] paths;
    private final byte[][] contents;
    private final List<SourceFile> list;
    private final List<SourceFile> changed;

    private SourceFiles(String[] paths, byte[][] contents, List<SourceFile> list, List<SourceFile> changed) {
        this.paths = paths;
        this.contents = contents;
        this.list = list;
        this.changed = changed;
    }

    List<SourceFile> list() {
        return list;
    }

    /** Those that are not as before; {@code null} when other files came, or in another order. */
    List<SourceFile> changed() {
        return changed;
    }

    /**
     * Other contents.
     *
     * @return these files when nothing changed; files that did not change are the objects they were
     */
    SourceFiles with(Map<String, byte[]> now, BiFunction<Place, byte[], ParsedFile> parser) {
        Comparison comparison = new Comparison();
        now.forEach(comparison::take);
        if (now.size() != paths.length || !comparison.sameOrder) {
            return anew(now, parser);
        }
        List<SourceFile> differing = new ArrayList<>();
        List<SourceFile> copy = comparison.differing.isEmpty() ? list : new ArrayList<>(list);
        byte[][] kept = contents.clone();
        comparison.differing.forEach((index, bytes) -> {
            SourceFile file = list.get(index).with(bytes);
            kept[index] = bytes;
            if (file != list.get(index)) {
                copy.set(index, file);
                differing.add(file);
            }
        });
        return differing.isEmpty() ? this : new SourceFiles(paths, kept, copy, differing);
    }

    private SourceFiles anew(Map<String, byte[]> now, BiFunction<Place, byte[], ParsedFile> parser) {
        Map<String, SourceFile> byPath = new HashMap<>(list.size() * 2);
        list.forEach(file -> byPath.put(file.path(), file));
        Map<String, ConfigId> ids = new ConcurrentHashMap<>();
        List<Map.Entry<String, byte[]>> entries = new ArrayList<>(now.entrySet());
        List<SourceFile> files = (entries.size() < MANY ? entries.stream() : entries.parallelStream())
                .map(entry -> {
                    SourceFile known = byPath.get(entry.getKey());
                    return known == null
                            ? new SourceFile(entry.getKey(), entry.getValue(), place(entry.getKey(), ids), parser)
                            : known.with(entry.getValue());
                })
                .toList();
        return new SourceFiles(
                files.stream().map(SourceFile::path).toArray(String[]::new),
                files.stream().map(SourceFile::bytes).toArray(byte[][]::new),
                files,
                null);
    }

    private static Placement place(String path, Map<String, ConfigId> ids) {
        return Placements.of(path, stem -> ids.computeIfAbsent(stem, ConfigId::parse));
    }

    /** Walks along the files as they were. */
    private final class Comparison {
        final Map<Integer, byte[]> differing = new HashMap<>();
        boolean sameOrder = true;
        private int index;

        void take(String path, byte[] bytes) {
            sameOrder = sameOrder && index < paths.length && paths[index].equals(path);
            if (sameOrder && contents[index] != bytes) {
                differing.put(index, bytes);
            }
            index++;
        }
    }
}
