// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.WrittenFile;

/** Breaks the files that are shipped, among random comments and line ends: each mends to what it was, byte for byte. */
class FixesOnShippedFilesTest {
    private static final Path CONFIG = Path.of("../../config");
    private static final int SEED = 7;
    private static final int ROUNDS = 5;

    @TestFactory
    Stream<DynamicTest> mendsToTheSameBytes() throws IOException {
        try (Stream<Path> tree = Files.walk(CONFIG)) {
            List<Path> files = tree.filter(file -> file.toString().endsWith(".cfg"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
            assertThat(files).hasSizeGreaterThan(20);
            return files.stream().map(file -> DynamicTest.dynamicTest(file.toString(), () -> mend(file)));
        }
    }

    private static void mend(Path file) {
        String path = CONFIG.relativize(file).toString().replace('\\', '/');
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String text = noisy(read(file), random);
            for (Map.Entry<String, ConfigValue> one : values(path, text).entrySet()) {
                breakKey(path, text, one.getKey(), one.getValue().origin(), random);
                breakValue(path, text, one.getKey(), one.getValue());
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Comments, blank lines, and one kind of line end. */
    private static String noisy(String text, Random random) {
        String end = random.nextBoolean() ? "\n" : "\r\n";
        StringBuilder noisy = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (random.nextInt(3) == 0) {
                noisy.append("  # \u00fc=")
                        .append(random.nextInt())
                        .append("\\")
                        .append(end);
            }
            if (random.nextInt(3) == 0) {
                noisy.append(end);
            }
            noisy.append(line).append(end);
        }
        return noisy.toString();
    }

    private static Map<String, ConfigValue> values(String path, String text) {
        WrittenFile written =
                WrittenFile.read(path, text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertThat(written.problems()).isEmpty();
        return written.values().isEmpty()
                ? written.description()
                : written.values().values().iterator().next();
    }

    private static void breakKey(String path, String text, String key, Origin at, Random random) {
        int letter = random.nextInt(key.length());
        String typo = key.substring(0, letter) + "x" + key.substring(letter);
        String broken = splice(text, at, 0, key, typo);
        assertMended(path, broken, typo, at, Fix.rename(key), text);
    }

    private static void breakValue(String path, String text, String key, ConfigValue value) {
        String raw = value.raw().toString();
        if (raw.isEmpty()) {
            return;
        }
        Origin at = value.origin();
        String broken =
                splice(text, at, text.indexOf(raw, offset(text, at) + key.length()) - offset(text, at), raw, "999999");
        assertMended(path, broken, key, at, Fix.replace(raw), text);
    }

    private static void assertMended(String path, String broken, String key, Origin at, Fix fix, String expected) {
        Problem problem = Problem.error("wrong", "wrong")
                .id(
                        WrittenFile.read(path, broken.getBytes(StandardCharsets.UTF_8))
                                .orElseThrow()
                                .values()
                                .keySet()
                                .stream()
                                .findFirst()
                                .orElse(null))
                .key(key)
                .at(at)
                .fixes(List.of(fix))
                .build();

        Edited edited = Fixes.apply(path, broken.getBytes(StandardCharsets.UTF_8), List.of(problem));

        assertThat(new String(edited.content(), StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    private static String splice(String text, Origin at, int skip, String old, String with) {
        int start = offset(text, at) + skip;
        assertThat(text.substring(start)).startsWith(old);
        return text.substring(0, start) + with + text.substring(start + old.length());
    }

    private static int offset(String text, Origin at) {
        int start = 0;
        for (int line = 1; line < at.line(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start + at.column() - 1;
    }
}
