// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime.build;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The document of one parsed source file: maps and lists, ready to be written as JSON. */
final class SyntaxTree {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final String path;
    private final String text;
    private final Ids ids;

    SyntaxTree(CompilationUnitTree unit, SourcePositions positions, String path, String text) {
        this.unit = unit;
        this.positions = positions;
        this.path = path;
        this.text = text;
        this.ids = new Ids(path);
    }

    Map<String, Object> document() {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", ids.file());
        document.put("path", path);
        document.put("language", "java");
        document.put(
                "package",
                unit.getPackageName() == null ? "" : unit.getPackageName().toString());
        document.put(
                "imports", unit.getImports().stream().map(SyntaxTree::imported).toList());
        document.put("lines", text.lines().count());
        document.put("bytes", bytes.length);
        document.put("digest", Ids.digest(bytes));
        document.put("types", types(unit.getTypeDecls(), ids.file()));
        return document;
    }

    private static String imported(ImportTree tree) {
        return (tree.isStatic() ? "static " : "") + tree.getQualifiedIdentifier();
    }

    private List<Map<String, Object>> types(List<? extends Tree> members, String owner) {
        List<Map<String, Object>> types = new ArrayList<>();
        for (Tree member : members) {
            if (member instanceof ClassTree type) {
                types.add(type(type, owner));
            }
        }
        return types;
    }

    private Map<String, Object> type(ClassTree tree, String owner) {
        String kind = kind(tree);
        Map<String, Object> type = named(tree, owner, kind, tree.getSimpleName().toString());
        String id = (String) type.get("id");
        type.put("kind", kind);
        type.put("endLine", endLine(tree));
        type.put("modifiers", modifiers(tree.getModifiers()));
        type.put(
                "extends",
                tree.getExtendsClause() == null
                        ? List.of()
                        : List.of(tree.getExtendsClause().toString()));
        type.put("implements", texts(tree.getImplementsClause()));
        List<Map<String, Object>> fields = new ArrayList<>();
        List<Map<String, Object>> constructors = new ArrayList<>();
        List<Map<String, Object>> methods = new ArrayList<>();
        for (Tree member : tree.getMembers()) {
            if (member instanceof VariableTree field) {
                fields.add(field(field, id));
            } else if (member instanceof MethodTree method && method.getReturnType() == null) {
                constructors.add(
                        method(method, id, "constructor", tree.getSimpleName().toString()));
            } else if (member instanceof MethodTree method) {
                methods.add(method(method, id, "method", method.getName().toString()));
            }
        }
        type.put("fields", fields);
        type.put("constructors", constructors);
        type.put("methods", methods);
        type.put("types", types(tree.getMembers(), id));
        return type;
    }

    private static String kind(ClassTree tree) {
        return tree.getKind() == Tree.Kind.ANNOTATION_TYPE
                ? "annotation"
                : tree.getKind().name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> field(VariableTree tree, String owner) {
        Map<String, Object> field = named(tree, owner, "field", tree.getName().toString());
        field.put("type", tree.getType() == null ? "" : tree.getType().toString());
        field.put("modifiers", modifiers(tree.getModifiers()));
        return field;
    }

    private Map<String, Object> method(MethodTree tree, String owner, String kind, String name) {
        List<String> parameters = tree.getParameters().stream()
                .map(parameter -> parameter.getType() + " " + parameter.getName())
                .toList();
        Map<String, Object> method = named(tree, owner, kind + parameters, name);
        String id = (String) method.get("id");
        if (tree.getReturnType() != null) {
            method.put("returns", tree.getReturnType().toString());
        }
        method.put("parameters", parameters);
        method.put("endLine", endLine(tree));
        method.put("modifiers", modifiers(tree.getModifiers()));
        Body body = new Body();
        body.scan(tree.getBody(), null);
        method.put("complexity", body.complexity());
        List<Map<String, Object>> calls = new ArrayList<>();
        for (Body.Call call : body.calls()) {
            calls.add(named(call.tree(), id, "call", call.name()));
        }
        method.put("calls", calls);
        return method;
    }

    /** The parts that every node has. The id also depends on {@code kind}, which need not be the one that is shown. */
    private Map<String, Object> named(Tree tree, String owner, String kind, String name) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", ids.node(owner, kind, name));
        node.put("name", name);
        node.put("line", line(positions.getStartPosition(unit, tree)));
        return node;
    }

    private long endLine(Tree tree) {
        return line(positions.getEndPosition(unit, tree));
    }

    /** A tree that the compiler made up, for example the constructor of a record, has no position: line 0. */
    private long line(long position) {
        return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
    }

    private static List<String> modifiers(ModifiersTree tree) {
        return tree.getFlags().stream().map(Object::toString).toList();
    }

    private static List<String> texts(List<? extends Tree> trees) {
        return trees.stream().map(Object::toString).toList();
    }
}
