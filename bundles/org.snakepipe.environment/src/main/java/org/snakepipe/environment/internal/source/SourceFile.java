// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.source;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.BiFunction;

/** One file with its content, parsed when somebody asks for it, and once. Not thread-safe. */
public final class SourceFile {
    static final Comparator<SourceFile> BY_PATH = Comparator.comparing(SourceFile::path);

    private final String path;
    private final byte[] bytes;
    private final Placement placement;
    private final BiFunction<Place, byte[], ParsedFile> parser;
    private ParsedFile parsed;

    SourceFile(String path, byte[] bytes, Placement placement, BiFunction<Place, byte[], ParsedFile> parser) {
        this.path = path;
        this.bytes = bytes;
        this.placement = placement;
        this.parser = parser;
    }

    public String path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    public Placement placement() {
        return placement;
    }

    /** What it says; only of a file that has a place. */
    public ParsedFile parsed() {
        if (parsed == null) {
            parsed = parser.apply(placement.place(), bytes);
        }
        return parsed;
    }

    /** This file, or one with the given content when that is another one. */
    SourceFile with(byte[] content) {
        return content == bytes || Arrays.equals(content, bytes)
                ? this
                : new SourceFile(path, content, placement, parser);
    }
}
