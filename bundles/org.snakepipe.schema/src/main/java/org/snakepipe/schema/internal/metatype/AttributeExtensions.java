// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.metatype;

import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.snakepipe.api.config.Format;
import org.snakepipe.api.config.Unit;
import org.snakepipe.schema.Constraints;
import org.snakepipe.schema.Constraints.Range;
import org.snakepipe.schema.Constraints.Reference;
import org.snakepipe.schema.Constraints.TextPattern;
import org.snakepipe.schema.Traits;

/**
 * Reads what our annotations add to {@code AD} and {@code OCD}. bnd writes the defaults of annotations too: they are as if
 * nothing were there.
 */
final class AttributeExtensions {
    private AttributeExtensions() {}

    /** Throws an IllegalArgumentException when a range is none. */
    static Constraints read(MetatypeCursor xml) throws XMLStreamException {
        return new Constraints(
                text(xml, "pattern").map(expression -> new TextPattern(expression, xml.extension("pattern-hint"))),
                range(xml, "length"),
                range(xml, "count"),
                constant(xml, "unit", Unit.Measure.class),
                constant(xml, "format", Format.Kind.class),
                list(xml, "requires"),
                list(xml, "conflicts"),
                list(xml, "ref").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Reference(list(xml, "ref"), list(xml, "ref-or"))),
                flag(xml, "secret"),
                flag(xml, "live"));
    }

    static Traits traits(MetatypeCursor xml) throws XMLStreamException {
        return new Traits(flag(xml, "open"), xml.extension("reserved"), list(xml, "requires"), list(xml, "conflicts"));
    }

    private static Optional<String> text(MetatypeCursor xml, String name) {
        return Optional.of(xml.extension(name)).filter(text -> !text.isEmpty());
    }

    private static List<String> list(MetatypeCursor xml, String name) {
        String text = xml.extension(name).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    private static boolean flag(MetatypeCursor xml, String name) throws XMLStreamException {
        return switch (xml.extension(name)) {
            case "true" -> true;
            case "", "false" -> false;
            default -> throw xml.wrong(name + " = " + xml.extension(name) + " is not a Boolean (allowed: true, false)");
        };
    }

    private static Optional<Range> range(MetatypeCursor xml, String name) throws XMLStreamException {
        int min = number(xml, name + "-min", 0);
        int max = number(xml, name + "-max", Integer.MAX_VALUE);
        return min == 0 && max == Integer.MAX_VALUE ? Optional.empty() : Optional.of(new Range(min, max));
    }

    private static int number(MetatypeCursor xml, String name, int otherwise) throws XMLStreamException {
        String text = xml.extension(name).strip();
        try {
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw xml.wrong(name + " = " + text + " is not an integer");
        }
    }

    private static <E extends Enum<E>> Optional<E> constant(MetatypeCursor xml, String name, Class<E> type)
            throws XMLStreamException {
        String text = xml.extension(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return Optional.of(constant);
            }
        }
        throw xml.wrong(name + " = " + text + " is not known (allowed: " + List.of(type.getEnumConstants()) + ")");
    }
}
