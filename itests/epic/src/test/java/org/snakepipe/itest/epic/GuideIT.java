// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.epic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.environment.Overrides;
import org.snakepipe.environment.SecretNames;
import org.snakepipe.environment.Surroundings;
import org.snakepipe.itest.epic.Guide.Block;
import org.snakepipe.itest.epic.Guide.Scene;
import org.snakepipe.runtime.Home;

/** What the guide says about its examples is what comes out. Each scene stands on the base that is shipped. */
class GuideIT {
    /** Blocks that are a file: the first line is a comment with its path. */
    private static final Set<String> FILES = Set.of("cfg", "json", "yaml", "text");

    private static final Set<String> OUTCOMES = Set.of("problems", "values", "answer", "findings", "differences");
    private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(.*)");
    private static final Pattern VALUE = Pattern.compile("(\\S+) (\\S+) (?:= .*|has no value)");
    private static final String CONFIG = "config/";
    private static final String OVERRIDES = "data/overrides/";
    private static final String SECRETS = "secrets/";

    @TestFactory
    Stream<DynamicTest> theGuideTellsTheTruth() throws Exception {
        ShippedSchemas shipped = ShippedSchemas.read();
        return Guide.read().scenes().stream()
                .filter(scene ->
                        scene.blocks().stream().anyMatch(block -> OUTCOMES.contains(block.heading()) || isFile(block)))
                .map(scene -> DynamicTest.dynamicTest(scene.heading(), () -> play(scene, shipped)));
    }

    @Test
    void nearlyNoBlockIsWithoutATest() throws IOException {
        Set<String> known = new TreeSet<>(FILES);
        known.addAll(OUTCOMES);
        known.addAll(Set.of("sh", "console", "text not-run"));
        Guide guide = Guide.read();

        assertThat(guide.scenes().stream().flatMap(scene -> scene.blocks().stream()))
                .hasSizeGreaterThan(40)
                .allSatisfy(block -> assertThat(known).as(block.toString()).contains(block.heading()));
        assertThat(guide.blocks("text not-run")).hasSizeLessThanOrEqualTo(3);
    }

    private static boolean isFile(Block block) {
        return FILES.contains(block.heading());
    }

    private static void play(Scene scene, ShippedSchemas shipped) throws IOException, InterruptedException {
        Map<String, byte[]> files = base();
        Map<String, byte[]> overrides = new TreeMap<>();
        Map<String, String> variables = new HashMap<>();
        Set<String> secrets = new TreeSet<>();
        boolean looked = false;
        for (Block block : scene.blocks()) {
            if (isFile(block)) {
                add(block, files, overrides, secrets);
            } else if (block.is("sh")) {
                block.text().forEach(line -> export(line, block, variables));
            } else if (OUTCOMES.contains(block.heading())) {
                Overrides parsed = Overrides.parse(overrides);
                Surroundings live =
                        Surroundings.live(variables, SecretNames.of(secrets)).withOverrides(parsed, Clock.systemUTC());
                compare(block, files, live, shipped);
                looked = true;
            }
        }
        assertThat(looked)
                .as("%s has examples without an outcome", scene.heading())
                .isTrue();
    }

    private static Map<String, byte[]> base() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Path config = Home.INSTALLATION.resolve("config");
        try (Stream<Path> all = Files.list(config.resolve("base"))) {
            for (Path file : all.toList()) {
                files.put(config.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** The title stays in the file as the comment that it is, so that lines are those of the guide. */
    private static void add(
            Block block, Map<String, byte[]> files, Map<String, byte[]> overrides, Set<String> secrets) {
        byte[] content = (String.join("\n", block.text()) + "\n").getBytes(StandardCharsets.UTF_8);
        String path = block.title();
        if (path.startsWith(CONFIG)) {
            files.put(path.substring(CONFIG.length()), content);
        } else if (path.startsWith(OVERRIDES)) {
            overrides.put(path, content);
        } else {
            assertThat(path).as("%s names no file", block).startsWith(SECRETS);
            secrets.add(path.substring(SECRETS.length()));
        }
    }

    private static void export(String line, Block block, Map<String, String> variables) {
        Matcher export = EXPORT.matcher(line);
        assertThat(export.matches()).as("%s: %s", block, line).isTrue();
        variables.put(export.group(1), export.group(2).replace("'", ""));
    }

    /** The title is {@code environment NAME}, or {@code environment NAME, offline}, or also {@code , saved FILE}; or as in {@link Comparison}. */
    private static void compare(Block block, Map<String, byte[]> files, Surroundings live, ShippedSchemas shipped)
            throws InterruptedException {
        if (Comparison.OUTCOMES.contains(block.heading())) {
            assertThat(String.join("\n", new Comparison(files, shipped).outcome(block)))
                    .as("%s", block)
                    .isEqualTo(String.join("\n", block.body()));
            return;
        }
        String[] title = block.title().split(", ");
        assertThat(title[0]).as("%s", block).startsWith("environment ");
        boolean offline = title.length > 1 && title[1].equals("offline");
        Checked checked = new Checked(
                files, title[0].substring("environment ".length()), offline ? Surroundings.offline() : live, shipped);
        assertThat(String.join("\n", outcome(block, title, checked)))
                .as("%s", block)
                .isEqualTo(String.join("\n", block.body()));
    }

    private static List<String> outcome(Block block, String[] title, Checked checked) {
        if (block.is("problems")) {
            List<String> problems = checked.problems();
            return problems.isEmpty() ? List.of("none") : problems;
        }
        if (block.is("answer")) {
            return checked.resolution().noEffect(title[1].substring("saved ".length()));
        }
        List<String> lines = new ArrayList<>();
        for (String line : block.body()) {
            Matcher value = VALUE.matcher(line);
            assertThat(value.matches()).as("%s: %s", block, line).isTrue();
            lines.add(checked.value(ConfigId.parse(value.group(1)), value.group(2)));
        }
        return lines;
    }
}
