// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCodesTest {
    private static final Path GUIDE = Path.of("../../docs/problems-schema.md");
    private static final Pattern CODE = Pattern.compile("\"((?:id|pid|key|value|secret|ref|rule)\\.[a-z]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^## ((?:id|pid|key|value|secret|ref|rule)\\.[a-z]+)$");

    @Test
    void explainsEveryCodeAndNoOther() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.append(Files.readString(file));
            }
        }

        assertThat(found(HEADING, Files.readString(GUIDE))).isNotEmpty().isEqualTo(found(CODE, sources.toString()));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
