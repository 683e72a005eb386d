// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.reference;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Schema;

/** The reference of all PIDs: a page of Markdown for each, and one that lists them. Immutable. */
public final class ReferencePages {
    /** The page that lists the others. */
    public static final String INDEX = "README.md";

    private static final String PAGE = ".md";

    private final SortedMap<String, Schema> schemas = new TreeMap<>();

    /**
     * Of some PIDs; those that nobody may configure have no page.
     *
     * @param schemas one for each PID
     */
    public ReferencePages(Collection<Schema> schemas) {
        schemas.stream()
                .filter(schema -> schema.traits().reserved().isEmpty())
                .forEach(schema -> this.schemas.put(schema.pid(), schema));
    }

    /**
     * All pages.
     *
     * @return name of the file to its text, lines that end in {@code \n}; sorted
     */
    public SortedMap<String, String> all() {
        SortedMap<String, String> pages = new TreeMap<>();
        pages.put(INDEX, index());
        schemas.values().forEach(schema -> pages.put(schema.pid() + PAGE, page(schema)));
        return pages;
    }

    private String index() {
        StringBuilder text = new StringBuilder("# Reference\n\n"
                + "Every PID that Snake Pipe ships, with all its keys. Made from what values are checked with; the build compares."
                + "\n\n| PID | what it is |\n|---|---|\n");
        schemas.values()
                .forEach(schema -> text.append("| ")
                        .append(link(schema.pid()))
                        .append(" | ")
                        .append(cell(heading(schema) + " " + schema.description()))
                        .append(" |\n"));
        return text.toString();
    }

    private String page(Schema schema) {
        StringBuilder text = new StringBuilder("# ").append(schema.pid()).append("\n\n");
        text.append(heading(schema)).append(' ').append(schema.description()).append("\n\n");
        text.append(
                schema.isFactory()
                        ? "There may be several: `" + schema.pid() + "~NAME`, in `" + schema.pid() + "~NAME.cfg`.\n\n"
                        : "There is one, in `" + schema.pid() + ".cfg`.\n\n");
        if (schema.traits().open()) {
            text.append("Other keys than these are passed on as they are.\n\n");
        }
        text.append("| key | what it says | allowed | default |\n|---|---|---|---|\n");
        for (Attribute attribute : schema.attributes()) {
            boolean required = attribute.required() && attribute.defaults().isEmpty();
            text.append("| ")
                    .append(required ? "**`" + attribute.key() + "`**" : "`" + attribute.key() + "`")
                    .append(" | ")
                    .append(cell(attribute.description().isBlank() ? attribute.name() : attribute.description()))
                    .append(" | ")
                    .append(linked(cell(new AttributeText(attribute).facts(required))))
                    .append(" | ")
                    .append(defaults(attribute))
                    .append(" |\n");
        }
        return text.append("\n[All PIDs](" + INDEX + ")\n").toString();
    }

    private static String heading(Schema schema) {
        String name = schema.name().isBlank() ? schema.pid() : schema.name().strip();
        return name.endsWith(".") ? name : name + ".";
    }

    private static String defaults(Attribute attribute) {
        if (attribute.isSecret() || attribute.defaults().isEmpty()) {
            return "";
        }
        return "`" + cell(attribute.defaults().stream().collect(Collectors.joining(", "))) + "`";
    }

    private static String link(String pid) {
        return "[" + pid + "](" + pid + PAGE + ")";
    }

    /** Whole PIDs that have a page; not those that only begin so. */
    private String linked(String text) {
        String linked = text;
        for (Map.Entry<String, Schema> known : schemas.entrySet()) {
            String pid = known.getKey().replace(".", "\\.");
            linked = linked.replaceAll("(?<![\\w.\\[(])" + pid + "(?![\\w*~(]|\\.[\\w*])", link(known.getKey()));
        }
        return linked;
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
    }
}
