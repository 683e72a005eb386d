// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.Optional;
import org.snakepipe.environment.Document;
import org.snakepipe.environment.internal.format.Node.Mapping;
import org.snakepipe.environment.internal.format.Node.Scalar;
import org.snakepipe.environment.internal.format.Node.Sequence;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;
import org.snakepipe.environment.internal.source.UnreadableFileException;

/** Reads YAML and JSON for others. */
public final class Documents {
    private Documents() {}

    /** What a file holds, or why it cannot be read. */
    public static Document.Reading read(String path, byte[] bytes) {
        boolean json = path.endsWith(Format.JSON.extension());
        Place place = new Place(path, "", null, json ? Format.JSON : Format.YAML, false);
        try {
            String text = TextFile.text(place, bytes);
            Node root = json ? JsonReader.read(place, text) : YamlReader.read(place, text);
            return new Document.Reading(Optional.ofNullable(root).map(node -> document(place, node)), Optional.empty());
        } catch (UnreadableFileException e) {
            return new Document.Reading(Optional.empty(), Optional.of(e.problem()));
        }
    }

    private static Document document(Place place, Node node) {
        if (node instanceof Mapping mapping) {
            return new Document.Keys(
                    mapping.entries().stream()
                            .map(entry -> new Document.Entry(
                                    entry.key(),
                                    place.at(entry.line(), entry.column()),
                                    document(place, entry.value())))
                            .toList(),
                    place.at(node.line(), node.column()));
        }
        if (node instanceof Sequence sequence) {
            return new Document.Items(
                    sequence.items().stream().map(item -> document(place, item)).toList(),
                    place.at(node.line(), node.column()));
        }
        Object value = ((Scalar) node).value();
        return new Document.Text(value == null ? "" : value.toString(), place.at(node.line(), node.column()));
    }
}
