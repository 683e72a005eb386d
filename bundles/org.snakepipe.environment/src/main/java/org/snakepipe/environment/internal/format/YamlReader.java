// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.environment.internal.format.Node.Scalar;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;
import org.snakepipe.environment.internal.source.UnreadableFileException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2 into a document. Scalars without quotes stay text, so that no version becomes a number and no country a
 * Boolean: the schema says what they are. Tags are refused; aliases repeat what they name, up to the limits.
 */
final class YamlReader {
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setLabel("").setUseMarks(true).build();
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private final NodeBuilder builder;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    /** The anchors of what is open; empty ones for what has none. */
    private final Deque<Optional<Anchor>> open = new ArrayDeque<>();

    private YamlReader(Place place) {
        this.builder = new NodeBuilder(place);
    }

    /** The document; {@code null} when the text holds nothing but comments. */
    static Node read(Place place, String text) throws UnreadableFileException {
        YamlReader reader = new YamlReader(place);
        try {
            ParserImpl parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
            while (parser.hasNext()) {
                reader.take(parser.next());
            }
            return reader.builder.root();
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            throw reader.syntax(e.getProblem(), line(mark), column(mark));
        } catch (ReaderException e) {
            int[] at = TextFile.position(text, Math.min(text.length(), Math.max(0, e.getPosition())));
            throw reader.syntax("a character is not allowed", at[0], at[1]);
        } catch (YamlEngineException e) {
            throw reader.syntax(e.getMessage(), 1, 1);
        }
    }

    private UnreadableFileException syntax(String found, int line, int column) {
        return builder.unreadable("yaml.syntax", "this is no YAML: " + found, line, column);
    }

    private void take(Event event) throws UnreadableFileException {
        int line = line(event.getStartMark().orElse(null));
        int column = column(event.getStartMark().orElse(null));
        if (event instanceof ScalarEvent scalar) {
            checkTag(scalar.getTag(), line, column);
            boolean nothing = scalar.isPlain() && NOTHING.contains(scalar.getValue()) && !builder.expectsKey();
            Scalar node = new Scalar(nothing ? null : scalar.getValue(), line, column);
            builder.scalar(node);
            scalar.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        } else if (event instanceof CollectionStartEvent start) {
            checkTag(start.getTag(), line, column);
            builder.open(event instanceof MappingStartEvent, line, column);
            open.push(start.getAnchor());
        } else if (event instanceof CollectionEndEvent) {
            Node node = builder.close();
            open.pop().ifPresent(anchor -> anchors.put(anchor, node));
        } else if (event instanceof AliasEvent alias) {
            repeat(alias.getAlias(), line, column);
        }
    }

    private void checkTag(Optional<String> tag, int line, int column) throws UnreadableFileException {
        if (tag.isPresent()) {
            throw builder.unreadable(
                    "yaml.tag", "there is a tag (allowed: values without tags; the schema gives types)", line, column);
        }
    }

    private void repeat(Anchor anchor, int line, int column) throws UnreadableFileException {
        Node node = open.contains(Optional.of(anchor)) ? null : anchors.get(anchor);
        if (node == null) {
            throw builder.unreadable(
                    "yaml.alias", "the alias names no anchor that is complete before it", line, column);
        }
        builder.repeat(node, line, column);
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static int column(Mark mark) {
        return mark == null ? 1 : mark.getColumn() + 1;
    }
}
