// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.List;
import java.util.Optional;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.ParsedFile;
import org.snakepipe.environment.internal.source.Place;

/** Reads a file in the format that its name promises. Whatever the bytes are: what is wrong becomes a problem. */
public final class Formats {
    private Formats() {}

    public static ParsedFile parse(Place place, byte[] bytes) {
        if (place.format() != Format.CFG) {
            return DocumentFile.parse(place, bytes);
        }
        CfgFile file = CfgFile.parse(place, bytes);
        if (!file.isReadable()) {
            return new ParsedFile(List.of(), Optional.empty(), file.problems(), false);
        }
        Block block = new Block(place.id(), place.at(0, 0), file.values());
        return place.id() == null
                ? new ParsedFile(List.of(), Optional.of(block), file.problems(), true)
                : new ParsedFile(List.of(block), Optional.empty(), file.problems(), true);
    }
}
