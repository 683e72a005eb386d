// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.transform.ast.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.RejectedRecords;
import org.snakepipe.api.testing.Configs;

class AstTransformTest {
    private static Map<String, Object> node(String id, Object... more) {
        Map<String, Object> node =
                new HashMap<>(Map.of("id", id, "name", id.toUpperCase(java.util.Locale.ROOT), "line", 1));
        for (int i = 0; i < more.length; i += 2) {
            node.put((String) more[i], more[i + 1]);
        }
        return node;
    }

    private static Map<String, Object> document() {
        Map<String, Object> call = node("call");
        Map<String, Object> method = node(
                "m", "complexity", 3, "returns", "int", "parameters", List.of("long", "T"), "calls", List.of(call));
        Map<String, Object> inner =
                node("inner", "kind", "record", "constructors", List.of(node("c", "complexity", 2)));
        Map<String, Object> outer = node(
                "outer",
                "kind",
                "class",
                "extends",
                List.of("Base"),
                "implements",
                List.of("A", "B"),
                "modifiers",
                List.of("public", "final"),
                "fields",
                List.of(node("f", "type", "String")),
                "methods",
                List.of(method),
                "types",
                List.of(inner));
        return new HashMap<>(Map.of(
                "id",
                "file1",
                "path",
                "a/B.java",
                "language",
                "java",
                "imports",
                List.of("x.Y", "z.Z"),
                "lines",
                9,
                "types",
                List.of(outer)));
    }

    private static List<Record> explode(Map<String, Object> document, Object... settings) throws Exception {
        List<Record> records = new ArrayList<>();
        new AstTransform(Configs.of(AstTransform.Config.class, settings))
                .open(null)
                .apply(Record.of(document).withMeta("file", "b.json"), records::add);
        return records;
    }

    @Test
    void givesTheFileAndThenItsNodesInTheirOrder() throws Exception {
        List<Record> records = explode(document());

        assertThat(records)
                .extracting(record -> record.key().orElseThrow())
                .containsExactly("file1", "outer", "f", "m", "call", "inner", "c");
        assertThat(records.get(0).type()).isEqualTo("file");
        assertThat(records.get(0).value())
                .containsEntry("imports", "x.Y, z.Z")
                .containsEntry("types", 2)
                .containsEntry("methods", 2)
                .containsEntry("complexity", 5)
                .containsEntry("package", "");
        assertThat(records.get(1).type()).isEqualTo("node");
        assertThat(records.get(1).value())
                .containsEntry("kind", "class")
                .containsEntry("parent_id", "file1")
                .containsEntry("detail", "Base, A, B")
                .containsEntry("modifiers", "public final");
        assertThat(records.get(3).value())
                .containsEntry("file_id", "file1")
                .containsEntry("parent_id", "outer")
                .containsEntry("detail", "(long, T) int");
        assertThat(records.get(4).value()).containsEntry("parent_id", "m").containsEntry("kind", "call");
        assertThat(records.get(6).value()).containsEntry("parent_id", "inner").containsEntry("detail", "()");
        assertThat(records.get(6).meta()).containsEntry("file", "b.json");
    }

    @Test
    void leavesOutOtherKindsButCountsThem() throws Exception {
        List<Record> records = explode(document(), "node.kinds", Configs.texts("method", "call"));

        assertThat(records).extracting(record -> record.key().orElseThrow()).containsExactly("file1", "m", "call");
        assertThat(records.get(0).value()).containsEntry("types", 2);
    }

    @Test
    void rejectsADocumentThatIsTooLarge() {
        assertThatThrownBy(() -> explode(document(), "max.nodes", 5))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining("has more than 5 nodes (allowed: max.nodes)");
    }

    @Test
    void namesThePlaceOfWhatIsWrong() {
        assertWrong("id", null, "id is missing");
        assertWrong("id", 4, "id is no text");
        assertWrong("imports", "x", "imports is no list");
        assertWrong("imports", List.of(1), "imports holds something that is no text");
        assertWrong("lines", "many", "lines is no number");
        assertWrong("types", List.of("x"), "types[0] is no object");
        assertWrong("types", List.of(node("t")), "types[0].kind is missing");
        assertWrong(
                "types",
                List.of(node("t", "kind", "class", "methods", List.of(Map.of("id", "m")))),
                "types[0].methods[0].name is missing");
    }

    private static void assertWrong(String key, Object value, String message) {
        Map<String, Object> document = document();
        document.put(key, value);
        assertThatThrownBy(() -> explode(document))
                .isInstanceOf(RejectedRecords.class)
                .hasMessageContaining(message);
    }
}
