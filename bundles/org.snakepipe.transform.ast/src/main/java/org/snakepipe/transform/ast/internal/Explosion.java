// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.ast.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.pipeline.Record;

/** One document on its way to many records. */
final class Explosion {
    private static final String FILE = "file";
    private static final String NODE = "node";

    private final Record document;
    private final Set<String> kinds;
    private final int most;
    private final List<Record> nodes = new ArrayList<>();
    private String fileId;
    private int seen;
    private int types;
    private int methods;
    private int complexity;

    Explosion(Record document, Set<String> kinds, int most) {
        this.document = document;
        this.kinds = kinds;
        this.most = most;
    }

    /** The record of the file, then those of its nodes, in the order of the document. */
    List<Record> records() throws DocumentException {
        Node file = Node.of("", document.value());
        fileId = file.text("id");
        for (Node type : file.nodes("types")) {
            type(type, fileId);
        }
        List<Record> all = new ArrayList<>(nodes.size() + 1);
        all.add(file(file));
        all.addAll(nodes);
        return all;
    }

    private Record file(Node file) throws DocumentException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", fileId);
        value.put("path", file.text("path"));
        value.put("language", file.text("language"));
        value.put("package", file.textOr("package", ""));
        value.put("imports", String.join(", ", file.texts("imports")));
        value.put("lines", file.number("lines"));
        value.put("bytes", file.number("bytes"));
        value.put("digest", file.textOr("digest", ""));
        value.put("types", types);
        value.put("methods", methods);
        value.put("complexity", complexity);
        return document.withValue(value).withKey(fileId).withMeta(Record.TYPE, FILE);
    }

    private void type(Node type, String parent) throws DocumentException {
        types++;
        String id = type.text("id");
        List<String> above = new ArrayList<>(type.texts("extends"));
        above.addAll(type.texts("implements"));
        add(type, type.text("kind"), parent, String.join(", ", above));
        for (Node field : type.nodes("fields")) {
            add(field, "field", id, field.textOr("type", ""));
        }
        for (Node constructor : type.nodes("constructors")) {
            body(constructor, "constructor", id);
        }
        for (Node method : type.nodes("methods")) {
            body(method, "method", id);
        }
        for (Node inner : type.nodes("types")) {
            type(inner, id);
        }
    }

    private void body(Node method, String kind, String parent) throws DocumentException {
        methods++;
        complexity += method.number("complexity");
        String parameters = "(" + String.join(", ", method.texts("parameters")) + ")";
        String returns = method.textOr("returns", "");
        add(method, kind, parent, returns.isEmpty() ? parameters : parameters + " " + returns);
        for (Node call : method.nodes("calls")) {
            add(call, "call", method.text("id"), "");
        }
    }

    private void add(Node node, String kind, String parent, String detail) throws DocumentException {
        if (++seen > most) {
            throw new DocumentException("has more than " + most + " nodes (allowed: max.nodes)");
        }
        if (!kinds.isEmpty() && !kinds.contains(kind)) {
            return;
        }
        String id = node.text("id");
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", id);
        value.put("file_id", fileId);
        value.put("parent_id", parent);
        value.put("kind", kind);
        value.put("name", node.text("name"));
        value.put("detail", detail);
        value.put("line", node.number("line"));
        value.put("end_line", node.number("endLine"));
        value.put("modifiers", String.join(" ", node.texts("modifiers")));
        value.put("complexity", node.number("complexity"));
        nodes.add(document.withValue(value).withKey(id).withMeta(Record.TYPE, NODE));
    }
}
