// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.metatype;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Attribute.Option;
import org.snakepipe.schema.Attribute.Type;
import org.snakepipe.schema.Constraints;

/** Reads one {@code AD} of a Metatype document. */
final class AttributeElement {
    private AttributeElement() {}

    static Attribute read(MetatypeCursor xml) throws XMLStreamException {
        String key = xml.required("id");
        Type type = type(xml);
        int cardinality = cardinality(xml);
        Optional<String> defaultText = Optional.ofNullable(xml.attribute("default"));
        // An empty list as the default means that there need not be an element.
        boolean emptyList =
                cardinality != 0 && defaultText.filter(String::isBlank).isPresent();
        boolean required = isRequired(xml) && !emptyList;
        Optional<String> min = text(xml, "min");
        Optional<String> max = text(xml, "max");
        String name = xml.optional("name");
        String description = xml.optional("description");
        List<String> defaults =
                defaultText.map(text -> defaults(text, type, cardinality)).orElse(List.of());
        try {
            Constraints constraints = AttributeExtensions.read(xml);
            return new Attribute(
                    key, type, cardinality, required, defaults, min, max, options(xml), name, description, constraints);
        } catch (IllegalArgumentException e) {
            throw xml.wrong(e.getMessage());
        }
    }

    private static List<String> defaults(String text, Type type, int cardinality) {
        if (cardinality != 0) {
            return DefaultText.split(text);
        }
        boolean isText = type == Type.STRING || type == Type.PASSWORD;
        return text.isEmpty() && !isText ? List.of() : List.of(DefaultText.plain(text));
    }

    private static List<Option> options(MetatypeCursor xml) throws XMLStreamException {
        List<Option> options = new ArrayList<>();
        while (xml.nextChild()) {
            if (xml.name().equals("Option")) {
                options.add(new Option(xml.required("value"), xml.optional("label")));
            }
            xml.skip();
        }
        return options;
    }

    private static Type type(MetatypeCursor xml) throws XMLStreamException {
        String text = xml.required("type");
        if (text.equals("Char")) {
            return Type.CHARACTER;
        }
        for (Type type : Type.values()) {
            String name = type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
            if (name.equals(text)) {
                return type;
            }
        }
        throw xml.wrong(
                "the type " + text + " is not known (allowed: String, Password, Boolean, Byte, Short, Integer, Long,"
                        + " Float, Double, Character)");
    }

    private static int cardinality(MetatypeCursor xml) throws XMLStreamException {
        String text = xml.optional("cardinality");
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw xml.wrong("cardinality = " + text + " is not an integer");
        }
    }

    private static Optional<String> text(MetatypeCursor xml, String name) {
        return Optional.of(xml.optional(name)).filter(text -> !text.isEmpty());
    }

    private static boolean isRequired(MetatypeCursor xml) throws XMLStreamException {
        String text = xml.optional("required");
        return switch (text) {
            case "", "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw xml.wrong("required = " + text + " is not a Boolean (allowed: true, false)");
        };
    }
}
