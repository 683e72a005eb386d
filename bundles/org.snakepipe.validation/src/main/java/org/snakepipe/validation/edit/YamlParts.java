// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.snakepipe.validation.edit.Part.Kind;
import org.snakepipe.validation.edit.Part.Pair;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Finds the parts of a YAML text, of which it is known that it can be read. Used once. */
final class YamlParts {
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setLabel("").setUseMarks(true).build();

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private Part root;

    private YamlParts(String text) {
        this.text = text;
    }

    /** A mapping or a list that is not closed yet. */
    private static final class Open {
        final CollectionStartEvent start;
        final List<Part> parts = new ArrayList<>();

        Open(CollectionStartEvent start) {
            this.start = start;
        }
    }

    /** The outermost part; {@code null} when there is none. */
    static Part read(String text) {
        YamlParts parts = new YamlParts(text);
        ParserImpl parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
        while (parser.hasNext()) {
            parts.take(parser.next());
        }
        return parts.root;
    }

    private void take(Event event) {
        Mark start = event.getStartMark().orElseThrow();
        int end = offset(event.getEndMark().orElseThrow());
        if (event instanceof ScalarEvent scalar) {
            Kind kind = scalar.getAnchor().isPresent() ? Kind.OTHER : kind(scalar.getScalarStyle());
            put(Part.scalar(kind, scalar.getValue(), offset(start), end, start.getLine() + 1, start.getColumn() + 1));
        } else if (event instanceof AliasEvent) {
            put(Part.scalar(Kind.OTHER, "", offset(start), end, start.getLine() + 1, start.getColumn() + 1));
        } else if (event instanceof CollectionStartEvent begun) {
            open.push(new Open(begun));
        } else if (event instanceof CollectionEndEvent) {
            put(closed(open.pop(), end));
        }
    }

    private Part closed(Open group, int end) {
        boolean mapping = group.start instanceof MappingStartEvent;
        boolean flow = group.start.getFlowStyle() == FlowStyle.FLOW;
        List<Pair> pairs = new ArrayList<>();
        for (int index = 0; mapping && index + 1 < group.parts.size(); index += 2) {
            pairs.add(new Pair(group.parts.get(index), group.parts.get(index + 1)));
        }
        Mark start = group.start.getStartMark().orElseThrow();
        Kind kind =
                mapping ? (flow ? Kind.FLOW_MAPPING : Kind.BLOCK_MAPPING) : (flow ? Kind.FLOW_LIST : Kind.BLOCK_LIST);
        return new Part(
                kind,
                "",
                offset(start),
                flow || group.parts.isEmpty() ? end : inkEnd(group.parts),
                start.getLine() + 1,
                start.getColumn() + 1,
                mapping ? List.of() : group.parts,
                pairs);
    }

    /** The parser ends a block where the next thing begins, behind blank lines and comments. */
    private static int inkEnd(List<Part> parts) {
        return parts.get(parts.size() - 1).end();
    }

    private static Kind kind(ScalarStyle style) {
        return switch (style) {
            case PLAIN -> Kind.PLAIN;
            case SINGLE_QUOTED -> Kind.SINGLE;
            case DOUBLE_QUOTED -> Kind.DOUBLE;
            default -> Kind.OTHER;
        };
    }

    private void put(Part part) {
        if (open.isEmpty()) {
            root = part;
        } else {
            open.peek().parts.add(part);
        }
    }

    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
