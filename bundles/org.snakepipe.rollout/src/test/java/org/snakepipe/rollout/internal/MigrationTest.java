// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.ConfigMigration;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginVersion;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.schema.RuleSource;
import org.snakepipe.schema.Schema;
import org.snakepipe.schema.SchemaSource;

/** Last good of the version before of a plugin, which calls a key otherwise. */
class MigrationTest {
    private static final String X = "snakepipe.extra~x";
    private static final String FILE = "base/snakepipe.extra~x.cfg";
    private static final String OLD = "# ours\nsize = 4\n";

    @TempDir
    private Path data;

    private final List<String> asked = new ArrayList<>();

    private Map<String, Fix> rename(Object id, Map<String, Object> values, String from) {
        synchronized (asked) {
            asked.add(id + " " + values + " " + from);
        }
        return values.containsKey("size") ? Map.of("size", Fix.rename("amount"), "none", Fix.remove()) : Map.of();
    }

    private void before(String path, String text) throws InterruptedException {
        try (RolloutBench bench =
                new RolloutBench(data).jar("extra.jar", "extra").file(path, text)) {
            bench.bundles.versions.put(
                    Digests.of("extra"), List.of(new PluginVersion("snakepipe.extra", "1.0.0", List.of())));
            assertThat(bench.boot().problems()).isEmpty();
        }
    }

    private RolloutBench now(ConfigMigration migration) {
        RolloutBench bench = new RolloutBench(data).jar("extra.jar", "extra, renamed");
        bench.bundles.versions.put(
                Digests.of("extra, renamed"),
                List.of(new PluginVersion("snakepipe.extra", "2.0.0", List.of(() -> migration))));
        return bench;
    }

    private String lastGood(String path) throws IOException {
        Map<String, Object> json =
                Json.read(new Storage(), data.resolve("last-good/dev.json")).orElseThrow();
        return new String(
                Base64.getDecoder().decode(Json.texts(json.get("files")).get(path)), StandardCharsets.UTF_8);
    }

    @Test
    void comesUpUnderTheVersionOfNowAndTheFileIsMendedByWhoOwnsIt() throws Exception {
        before(FILE, OLD);

        for (int start = 0; start < 2; start++) {
            try (RolloutBench bench = now(this::rename).file(FILE, OLD)) {
                ReloadResult result = bench.boot();

                assertThat(bench.values(X)).containsEntry("amount", 4).doesNotContainKey("size");
                assertThat(result.generation()).isEqualTo(2);
                assertThat(result.held()).containsExactly(FILE);
                assertThat(result.problems()).extracting(Problem::code).contains("key.unknown");
                assertThat(lastGood(FILE)).isEqualTo("# ours\namount = 4\n");
            }
        }
        assertThat(asked).as("once").containsExactly(X + " {size=4} 1.0.0");
        try (RolloutBench bench = now(this::rename).file(FILE, OLD)) {
            bench.boot();
            bench.file(FILE, "amount = 5\n").change();
            assertThat(bench.values(X)).containsEntry("amount", 5);
            assertThat(bench.snapshot.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base/two.yaml | 'snakepipe.extra~x: # ours\n  size: 4\nsnakepipe.demo~a:\n  size: 7\n'"
                        + " | 'snakepipe.extra~x: # ours\n  amount: 4\nsnakepipe.demo~a:\n  size: 7\n'",
                "environments/dev/snakepipe.extra~x.cfg.json | '{\"size\": 4}' | '{\"amount\": 4}'"
            })
    void isEditedInEachFormatAndNothingElseIs(String path, String old, String migrated) throws Exception {
        before(path, old.replace("\\n", "\n"));

        try (RolloutBench bench = now(this::rename).file(path, "{")) {
            bench.boot();
            assertThat(bench.values(X)).containsEntry("amount", 4);
            assertThat(lastGood(path)).isEqualTo(migrated.replace("\\n", "\n"));
        }
    }

    @Test
    void eachLayerIsEditedForItself() throws Exception {
        String above = "environments/dev/snakepipe.extra~x.cfg";
        try (RolloutBench bench = new RolloutBench(data)
                .jar("extra.jar", "extra")
                .file(FILE, "size = 4\n")
                .file(above, "size = 5\n")) {
            bench.boot();
        }
        try (RolloutBench bench = now(this::rename).file(FILE, "size = 4\n").file(above, "amount = 6\n")) {
            bench.boot();

            assertThat(bench.values(X)).containsEntry("amount", 6);
            assertThat(lastGood(FILE)).isEqualTo("amount = 4\n");
        }
        assertThat(asked)
                .as("nobody wrote down what it was good with")
                .containsExactlyInAnyOrder(X + " {size=4} 0.0.0", X + " {size=5} 0.0.0");
    }

    @Test
    void isNotAskedOfANewerOne() throws Exception {
        before(FILE, OLD);
        try (RolloutBench bench =
                new RolloutBench(data).jar("extra.jar", "extra").file(FILE, OLD)) {
            bench.bundles.versions.put(
                    Digests.of("extra"),
                    List.of(new PluginVersion("snakepipe.extra", "0.9.0", List.of(() -> this::rename))));
            bench.boot();
            assertThat(bench.values(X)).containsEntry("size", 4);
        }
        assertThat(asked).isEmpty();
        assertThat(Versions.isOlder("1.9.0", "1.10")).isTrue();
        assertThat(Versions.isOlder("1.0.0", "1.0.0.a")).isTrue();
        assertThat(Versions.isOlder("1.0.0.a", "1.0.0.a")).isFalse();
        assertThat(Versions.isOlder("2", "1.5")).isFalse();
    }

    @Test
    void oneThatThrowsOrHangsIsToldAndTheStartGoesOn() throws Exception {
        before(FILE, OLD);
        List<ConfigMigration> bad = List.of(
                (id, values, from) -> {
                    throw new StackOverflowError("foreign");
                },
                (id, values, from) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Map.of();
                },
                (id, values, from) -> null,
                (id, values, from) -> Map.of("size", Fix.rename("")));
        byte[] lastGood = Files.readAllBytes(data.resolve("last-good/dev.json"));
        for (ConfigMigration migration : bad) {
            Files.write(data.resolve("last-good/dev.json"), lastGood);
            try (RolloutBench bench = now(migration).file(FILE, OLD).file(RolloutBench.DEMO, "size = 1\n")) {
                assertThat(bench.boot().problems()).extracting(Problem::code).contains("migration.failed");
                assertThat(bench.values("snakepipe.demo~a")).containsEntry("size", 1);
                assertThat(bench.state(X)).isEqualTo(ConfigState.State.HELD_OUT);
            }
        }
    }

    @Test
    void whatItThrowsMayHoldWhatTheFileHoldsAndIsNotRepeated() throws Exception {
        before(FILE, OLD);
        ConfigMigration bad = (id, values, from) -> {
            throw new IllegalStateException("cannot make sense of " + values);
        };
        try (RolloutBench bench = now(bad).file(FILE, OLD)) {
            assertThat(bench.boot().problems())
                    .filteredOn(problem -> problem.code().equals("migration.failed"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .contains("java.lang.IllegalStateException")
                            .doesNotContain("sense", "size", "4"));
        }
    }

    @Test
    void aConfigurationIsEditedAsAWholeOrNotAtAll() throws Exception {
        String two = "base/two.yaml";
        String word = "snakepipe.extra~x:\n  size: $[env:N;default=4]\nsnakepipe.extra~y:\n  size: 7\n";
        String above = "environments/dev/snakepipe.extra~x.cfg";
        try (RolloutBench bench =
                new RolloutBench(data).jar("extra.jar", "extra").file(two, word).file(above, "size = 5\n")) {
            assertThat(bench.boot().problems()).isEmpty();
        }
        ConfigMigration some = (id, values, from) -> Map.of(
                "size", values.get("size").toString().matches("\\d") ? Fix.rename("amount") : Fix.replace("hunter2"));

        try (RolloutBench bench = now(some).file(two, word).file(above, "size = 5\n")) {
            ReloadResult result = bench.boot();

            assertThat(lastGood(two)).isEqualTo(word.replace("size: 7", "amount: 7"));
            assertThat(bench.values("snakepipe.extra~y")).containsEntry("amount", 7);
            assertThat(bench.state(X)).isEqualTo(ConfigState.State.HELD_OUT);
            assertThat(result.problems())
                    .filteredOn(problem -> problem.code().equals("migration.failed"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains("base/two.yaml:2", "size")
                            .doesNotContain("hunter2"));
        }
    }

    @Test
    void noFileOfAConfigurationIsEditedWhenOneCannotBe() throws Exception {
        Map<String, FileContent> files = new TreeMap<>();
        files.put("base/snakepipe.extra~x.cfg", content("size = $[env:N;default=4]\n"));
        files.put("environments/dev/snakepipe.extra~x.cfg", content("size = 5\n"));
        files.put("environments/dev/environment.cfg", content("description = tests\n"));
        FakeBundles bundles = new FakeBundles();
        ConfigMigration some = (id, values, from) ->
                Map.of("size", values.get("size").equals("5") ? Fix.rename("amount") : Fix.replace("6"));
        bundles.versions.put("jar", List.of(new PluginVersion("snakepipe.extra", "2.0.0", List.of(() -> some))));
        Drafter drafter = new Drafter(
                "dev", Map.of(), new SecretWords(List::of, Map.of()), Clock.systemUTC(), new SchemaSource() {
                    @Override
                    public Collection<Schema> schemas(Set<String> digests) {
                        return List.of();
                    }

                    @Override
                    public Collection<RuleSource> rules(Set<String> digests) {
                        return List.of();
                    }
                });
        Migration migration = new Migration(drafter, bundles, 20_000);
        Generation lastGood = new Generation(1, files, Map.of(), Draft.EMPTY, Generation.Story.NONE);

        assertThat(migration.of(lastGood, Set.of("jar"))).isSameAs(lastGood);
        assertThat(migration.problems()).hasSize(1);
    }

    private static FileContent content(String text) {
        return Digests.content(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oneThatHangsIsNotAskedAboutEachConfiguration() throws Exception {
        String many = "snakepipe.extra~x:\n  size: 4\nsnakepipe.extra~y:\n  size: 4\nsnakepipe.extra~z:\n  size: 4\n";
        before("base/many.yaml", many);
        ConfigMigration hangs = (id, values, from) -> {
            rename(id, values, from);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Map.of();
        };
        try (RolloutBench bench = now(hangs).file("base/many.yaml", many)) {
            assertThat(bench.boot().problems())
                    .filteredOn(problem -> problem.code().equals("migration.failed"))
                    .hasSize(3);
        }
        synchronized (asked) {
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void anOverrideThatWouldHaveToBeAnotherIsNamed() throws Exception {
        String override = "[{\"id\": \"snakepipe.extra~x\", \"key\": \"size\", \"value\": 9, \"author\": \"ann\","
                + " \"reason\": \"test\"}]";
        try (RolloutBench bench =
                new RolloutBench(data).jar("extra.jar", "extra").file(FILE, OLD).override("ann.json", override)) {
            assertThat(bench.boot().problems()).isEmpty();
        }
        try (RolloutBench bench = now(this::rename).file(FILE, OLD).override("ann.json", override)) {
            assertThat(bench.boot().problems())
                    .filteredOn(problem -> problem.code().equals("migration.failed"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.toString())
                            .contains("data/overrides/ann.json", "override of size", "remove it"));
        }
    }
}
