// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of code of the guide for configuration, as scenes: what stands below one heading belongs together.
 *
 * @param scenes in the order of the guide; without headings that have no blocks
 */
record Guide(List<Scene> scenes) {
    static final Path DOCS = Path.of(System.getProperty("snakepipe.docs"));
    private static final Path FILE = DOCS.resolve("configuration.md");
    private static final String FENCE = "```";

    /**
     * Below one heading.
     *
     * @param heading its text
     * @param blocks  in the order of the guide
     */
    record Scene(String heading, List<Block> blocks) {}

    /**
     * One block of code.
     *
     * @param line    where its text begins
     * @param heading what stands behind the fence: the language
     * @param text    its lines
     */
    record Block(int line, String heading, List<String> text) {
        boolean is(String language) {
            return heading.equals(language);
        }

        /** The first line without the signs of a comment: the name of a file, or the environment. */
        String title() {
            return text.isEmpty() ? "" : text.get(0).replaceFirst("^(#|//)\\s*", "");
        }

        /** All but the first line. */
        List<String> body() {
            return text.subList(1, text.size());
        }

        @Override
        public String toString() {
            return FILE.getFileName() + ":" + line + " " + title();
        }
    }

    /** Reads it. */
    static Guide read() throws IOException {
        List<Scene> scenes = new ArrayList<>();
        Scene scene = new Scene("", new ArrayList<>());
        List<String> lines = Files.readAllLines(FILE);
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.startsWith(FENCE)) {
                List<String> rest = lines.subList(at + 1, lines.size());
                List<String> text = List.copyOf(rest.subList(0, rest.indexOf(FENCE)));
                scene.blocks().add(new Block(at + 2, line.substring(FENCE.length()), text));
                at += text.size() + 1;
            } else if (line.startsWith("#")) {
                scene = new Scene(line.replaceFirst("#+ ", ""), new ArrayList<>());
                scenes.add(scene);
            }
        }
        scenes.removeIf(one -> one.blocks().isEmpty());
        return new Guide(scenes);
    }

    /** All blocks of one language. */
    List<Block> blocks(String language) {
        return scenes.stream()
                .flatMap(scene -> scene.blocks().stream())
                .filter(block -> block.is(language))
                .toList();
    }
}
