// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.ParsedFile;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.SourceFile;
import org.snakepipe.environment.internal.source.TwoPlaces;

/** Finds where an environment is described: in a file of its own, or in its flat file. */
final class Definitions {
    private Definitions() {}

    static Definition read(List<SourceFile> descriptions, String name) {
        List<Block> blocks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        boolean readable = true;
        for (SourceFile source : descriptions) {
            ParsedFile file = source.parsed();
            file.description().ifPresent(blocks::add);
            // What is wrong with a flat file is said where its layer is read.
            if (!source.placement().place().flat()) {
                problems.addAll(file.problems());
            }
            readable &= file.readable();
        }
        for (Block block : blocks) {
            blocks.stream().filter(other -> other != block).forEach(other -> problems.add(twice(name, block, other)));
        }
        Map<String, ConfigValue> values = blocks.size() == 1 ? blocks.get(0).values() : Map.of();
        return Definition.of(name, values, problems, readable && blocks.size() <= 1);
    }

    private static Problem twice(String name, Block one, Block other) {
        String message = "environment " + name + " is described twice, " + TwoPlaces.here(one.origin(), other.origin())
                + " (allowed: once; " + Place.DESCRIPTION_FILE + " or the key " + Place.DESCRIPTION_KEY + ")";
        return Problem.error("environment.twice", message).at(one.origin()).build();
    }
}
