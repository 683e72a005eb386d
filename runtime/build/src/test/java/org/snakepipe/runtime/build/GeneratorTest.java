// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.runtime.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    private static final String SOURCE = """
            package org.example;

            import java.util.List;
            import static java.lang.Math.max;

            public final class Sample extends Base implements Runnable {
                private int count;

                Sample(int start) {
                    super(start);
                    count = start;
                }

                @Override
                public void run() {
                    for (int i = 0; i < count && i < 9; i++) {
                        if (i == 3 || max(i, 4) > 5) {
                            print(i);
                            print(-i);
                        }
                    }
                }

                int pick(int x) {
                    return switch (x) { case 1 -> 2; case 2 -> 3; default -> 0; };
                }

                enum Kind { A, B }

                record Pair(String left, List<String> right) {}
            }
            """;

    @TempDir
    Path directory;

    private Map<String, Object> document(String source) throws IOException {
        Path file = directory.resolve("src/org/example/Sample.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Generator.main(new String[] {directory.resolve("out").toString(), directory.toString(), "src"});
        return JSON.std.mapFrom(Files.readString(directory.resolve("out/src.org.example.Sample.json")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> node, String key) {
        return (List<Map<String, Object>>) (List<?>) node.get(key);
    }

    @Test
    void tellsWhatIsInAFile() throws IOException {
        Map<String, Object> document = document(SOURCE);

        assertThat(document)
                .containsEntry("path", "src/org/example/Sample.java")
                .containsEntry("language", "java")
                .containsEntry("package", "org.example")
                .containsEntry("imports", List.of("java.util.List", "static java.lang.Math.max"))
                .containsEntry("lines", 31);
        Map<String, Object> type = list(document, "types").get(0);
        assertThat(type)
                .containsEntry("kind", "class")
                .containsEntry("name", "Sample")
                .containsEntry("line", 6)
                .containsEntry("endLine", 31)
                .containsEntry("modifiers", List.of("public", "final"))
                .containsEntry("extends", List.of("Base"))
                .containsEntry("implements", List.of("Runnable"));
        assertThat(list(type, "fields").get(0))
                .containsEntry("name", "count")
                .containsEntry("type", "int")
                .containsEntry("modifiers", List.of("private"));
        assertThat(list(type, "types")).extracting(node -> node.get("kind")).containsExactly("enum", "record");
    }

    @Test
    void countsDecisionsAndCalls() throws IOException {
        Map<String, Object> type = list(document(SOURCE), "types").get(0);

        Map<String, Object> run = list(type, "methods").get(0);
        assertThat(run).containsEntry("complexity", 5).containsEntry("returns", "void");
        assertThat(list(run, "calls")).extracting(call -> call.get("name")).containsExactly("max", "print", "print");
        assertThat(list(type, "methods").get(1)).containsEntry("complexity", 3);
        assertThat(list(type, "constructors").get(0))
                .containsEntry("parameters", List.of("int start"))
                .containsEntry("complexity", 1);
    }

    @Test
    void idsAreUniqueAndSurviveEditsElsewhere() throws IOException {
        Map<String, Object> document = document(SOURCE);
        Map<String, Object> edited = document(SOURCE.replace("private int count;", "\n\n    private int count;"));

        List<String> ids = new ArrayList<>();
        collect(document, ids);
        List<String> editedIds = new ArrayList<>();
        collect(edited, editedIds);
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(12).isEqualTo(editedIds);
        assertThat(ids).allMatch(id -> id.matches("[0-9a-f]{16}"));
        assertThat(edited.get("digest")).isNotEqualTo(document.get("digest"));
    }

    private static void collect(Object node, List<String> ids) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("id") instanceof String id) {
                ids.add(id);
            }
            map.values().forEach(child -> collect(child, ids));
        } else if (node instanceof List<?> children) {
            children.forEach(child -> collect(child, ids));
        }
    }

    @Test
    void aSourceThatDoesNotParseIsNamed() {
        assertThatThrownBy(() -> document("package x;\nclass {"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("src/org/example/Sample.java:2: ");
    }

    @Test
    void nothingToParseIsAnError() throws IOException {
        Files.createDirectories(directory.resolve("src"));

        assertThatThrownBy(() ->
                        Generator.main(new String[] {directory.resolve("out").toString(), directory.toString(), "src"}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no Java source below");
    }
}
