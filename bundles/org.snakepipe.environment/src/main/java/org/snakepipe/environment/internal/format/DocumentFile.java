// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.internal.format.Node.Entry;
import org.snakepipe.environment.internal.format.Node.Mapping;
import org.snakepipe.environment.internal.format.Node.Scalar;
import org.snakepipe.environment.internal.source.Block;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.ParsedFile;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;
import org.snakepipe.environment.internal.source.TwoPlaces;
import org.snakepipe.environment.internal.source.UnreadableFileException;

/** Reads a YAML or JSON file. Used once. */
final class DocumentFile {
    private static final String SCHEMA = "$schema";

    private final Place place;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<ConfigId, Block> blocks = new LinkedHashMap<>();
    private Block description;

    private DocumentFile(Place place) {
        this.place = place;
    }

    static ParsedFile parse(Place place, byte[] bytes) {
        try {
            String text = TextFile.text(place, bytes);
            Node root = place.format() == Format.YAML ? YamlReader.read(place, text) : JsonReader.read(place, text);
            DocumentFile file = new DocumentFile(place);
            file.take(root);
            return new ParsedFile(
                    List.copyOf(file.blocks.values()), Optional.ofNullable(file.description), file.problems, true);
        } catch (UnreadableFileException e) {
            return ParsedFile.unreadable(e.problem());
        }
    }

    private void take(Node root) throws UnreadableFileException {
        boolean nothing = root == null || root instanceof Scalar scalar && scalar.value() == null;
        if (!nothing && !(root instanceof Mapping)) {
            throw new UnreadableFileException(place.error(
                    "document.root",
                    "the file holds no keys (allowed: "
                            + (place.id() == null ? "PIDs, each with keys)" : "keys with values)"),
                    root.line(),
                    root.column()));
        }
        Mapping mapping = nothing ? new Mapping(List.of(), 0, 0, 1, 1) : (Mapping) root;
        if (place.id() != null) {
            blocks.put(place.id(), new BlockReader(place, place.id(), problems).read(mapping, place.at(0, 0)));
        } else {
            mapping.entries().forEach(this::configuration);
        }
    }

    private void configuration(Entry entry) {
        Origin at = place.at(entry.line(), entry.column());
        boolean empty = entry.value() instanceof Scalar scalar && scalar.value() == null;
        if (place.format() == Format.JSON && entry.key().startsWith(":configurator:")) {
            return;
        }
        if (entry.key().equals(SCHEMA) && entry.value() instanceof Scalar) {
            // For editors: they know then what may stand here.
            return;
        }
        if (!empty && !(entry.value() instanceof Mapping)) {
            report("pid.keys", entry.key() + " holds no keys (allowed: keys with values below a PID)", at);
            return;
        }
        Mapping mapping = empty ? new Mapping(List.of(), 0, 0, 1, 1) : (Mapping) entry.value();
        if (entry.key().equals(Place.DESCRIPTION_KEY)) {
            describe(mapping, at);
            return;
        }
        try {
            ConfigId id = ConfigId.parse(entry.key());
            Block first = blocks.get(id);
            if (first != null) {
                String message =
                        id + " is configured twice, " + TwoPlaces.lines(first.origin(), at) + " (allowed: once)";
                problems.add(Problem.error("id.twice", message).id(id).at(at).build());
            } else {
                blocks.put(id, new BlockReader(place, id, problems).read(mapping, at));
            }
        } catch (IllegalArgumentException e) {
            report("pid.name", e.getMessage(), at);
        }
    }

    private void describe(Mapping mapping, Origin at) {
        if (!place.flat() || place.layer().indexOf(' ') < 0) {
            report(
                    "environment.place",
                    Place.DESCRIPTION_KEY + " describes an environment (allowed: in NAME.yaml beside the"
                            + " directories; in environments/NAME/ write " + Place.DESCRIPTION_FILE + ")",
                    at);
        } else if (description != null) {
            report(
                    "environment.twice",
                    Place.DESCRIPTION_KEY + " is written twice, " + TwoPlaces.lines(description.origin(), at)
                            + " (allowed: once)",
                    at);
        } else {
            description = new BlockReader(place, null, problems).read(mapping, at);
        }
    }

    private void report(String code, String message, Origin at) {
        problems.add(Problem.error(code, message).at(at).build());
    }
}
