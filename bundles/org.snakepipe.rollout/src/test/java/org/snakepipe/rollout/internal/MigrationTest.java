// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.ConfigMigration;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigState;
import org.snakepipe.control.PluginVersion;
import org.snakepipe.control.ReloadResult;

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
}
