// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.structure;

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

/** Every code of a problem has its heading in the guide, and no heading is left over. */
class ProblemCodesIT {
    private static final Path BUNDLES = Path.of(System.getProperty("snakepipe.bundles"));
    private static final Path GUIDE = BUNDLES.resolveSibling("docs/problems.md");
    private static final Pattern CODE = Pattern.compile(
            "\"((?:check|component|deploy|document|drift|environment|file|generation|id|jdbc|json|key|lastgood|logging|migration|override|part|participant|pid"
                    + "|plan|plugin|publish|recorder|ref|rollout|rule|secret|store|value|variable|watch|word|yaml)(?:\\.[a-z]+)+)\"");
    private static final Pattern ANY_CODE = Pattern.compile("Problem\\s*\\.(?:error|warning)\\(\\s*\"([^\"]+)\"");

    /** Texts that look like codes: a file, and keys of plugins. */
    private static final Set<String> OTHERS = Set.of("environment.cfg", "secrets.names", "key.field", "document.id");

    @Test
    void everyCodeHasAHeadingAndEveryHeadingACode() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            for (Path file : files.filter(path ->
                            path.toString().endsWith(".java") && path.toString().contains("/src/main/"))
                    .toList()) {
                String source = Files.readString(file);
                CODE.matcher(source).results().forEach(found -> codes.add(found.group(1)));
                ANY_CODE.matcher(source).results().forEach(found -> codes.add(found.group(1)));
            }
        }
        codes.removeAll(OTHERS);

        Set<String> headings = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(headings).containsExactlyInAnyOrderElementsOf(codes);
    }
}
