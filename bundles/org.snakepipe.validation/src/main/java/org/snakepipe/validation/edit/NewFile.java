// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import org.snakepipe.api.config.ConfigId;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.ListText;
import org.snakepipe.schema.Schema;
import org.snakepipe.validation.reference.AttributeText;

/**
 * The first text of a configuration: all its keys, and what may stand there. What is required is a line to fill in; everything
 * else is a comment with its default. Without state.
 */
public final class NewFile {
    private NewFile() {}

    /**
     * Writes a {@code .cfg} file, to be named {@code ID.cfg}.
     *
     * @param id     of the configuration
     * @param schema of its PID
     * @return lines that end in {@code \n}
     * @throws IllegalArgumentException if the schema is that of another PID, if the id has a name and may not have one or the
     *     other way round, or if nobody may configure the PID
     */
    public static String text(ConfigId id, Schema schema) {
        check(id, schema);
        CommentLines lines = new CommentLines();
        lines.comment(schema.name().isBlank() ? id.toString() : sentence(schema.name()));
        lines.comment(schema.description());
        lines.comment(
                "A line that begins with '#' and a key shows what counts without it; take the '#' away to change it.");
        for (Attribute attribute : schema.attributes()) {
            lines.blank();
            lines.comment(sentence(attribute.description().isBlank() ? attribute.name() : attribute.description()));
            boolean required = isRequired(attribute, schema);
            lines.comment(new AttributeText(attribute).facts(required));
            lines.line((required ? "" : "#") + CfgEscapes.key(attribute.key()) + " =" + spaced(start(id, attribute)));
        }
        return lines.toString();
    }

    private static void check(ConfigId id, Schema schema) {
        if (!id.pid().equals(schema.pid())) {
            throw new IllegalArgumentException("the schema of " + schema.pid() + " says nothing of " + id);
        }
        if (id.isFactory() != schema.isFactory()) {
            throw new IllegalArgumentException(
                    schema.isFactory()
                            ? id + " needs a name, as there may be several: " + id.pid() + "~NAME"
                            : id + " has a name, but there is only one: " + id.pid());
        }
        if (!schema.traits().reserved().isEmpty()) {
            throw new IllegalArgumentException(
                    id + " cannot be configured: " + schema.traits().reserved());
        }
    }

    private static boolean isRequired(Attribute attribute, Schema schema) {
        return attribute.defaults().isEmpty()
                && (attribute.required() || schema.traits().requires().contains(attribute.key()));
    }

    /** A secret is best named; everything else begins with its default. */
    private static String start(ConfigId id, Attribute attribute) {
        if (attribute.isSecret()) {
            String owner =
                    id.isFactory() ? id.name() : id.pid().substring(id.pid().lastIndexOf('.') + 1);
            String key = attribute.key().startsWith(".") ? attribute.key().substring(1) : attribute.key();
            return "$[secret:" + owner + "." + key + "]";
        }
        String written = attribute.cardinality() == 0
                ? attribute.defaults().stream()
                        .findFirst()
                        .map(ListText::quoted)
                        .orElse("")
                : ListText.join(attribute.defaults());
        return CfgEscapes.value(written.replace("$[", "$$["), true);
    }

    private static String spaced(String value) {
        return value.isEmpty() ? "" : " " + value;
    }

    private static String sentence(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.endsWith(".") ? stripped : stripped + ".";
    }
}
