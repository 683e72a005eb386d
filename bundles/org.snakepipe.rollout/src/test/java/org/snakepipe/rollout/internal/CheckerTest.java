// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.api.config.ConfigCheck;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.PluginCheck;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

/** What plugins say of the world before a change comes into force. */
class CheckerTest {
    private static final String A = "snakepipe.demo~a";
    private static final ApplyOptions ANN = ApplyOptions.by("ann");

    @TempDir
    private Path data;

    private RolloutBench bench;
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void boot() throws InterruptedException {
        bench = new RolloutBench(data).file(DEMO, "size = 1\n");
        bench.boot();
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    private void checks(ConfigCheck check) {
        bench.bundles.checks.clear();
        bench.bundles.checks.add(new PluginCheck("snakepipe.demo", "demo", "", () -> (id, values, context) -> {
            synchronized (asked) {
                asked.add(id + " " + values.get("size"));
            }
            return check.check(id, values, context);
        }));
    }

    private static List<Problem> veto(String message) {
        return List.of(Problem.error("check.failed", message).key("size").build());
    }

    @Test
    void isAskedAboutWhatIsAnotherAndNothingElse() throws InterruptedException {
        checks((id, values, context) -> List.of());
        bench.file("base/snakepipe.demo~b.cfg", "size = 2\n").change();
        bench.file("base/snakepipe.single.cfg", "size = 3\n").change();

        assertThat(asked).containsExactly("snakepipe.demo~b 2");
    }

    @Test
    void whatNothingCanComeOfIsRefusedUntilItsBundleRunsAgain() throws Exception {
        bench.bundles.stopped.put("snakepipe.demo", "org.example.demo");

        ReloadResult refused = bench.file(DEMO, "size = 2\n").change();

        assertThat(refused.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(refused.problems())
                .extracting(Problem::toString)
                .first()
                .asString()
                .startsWith(DEMO + ":")
                .contains("somebody has stopped its bundle org.example.demo: start it");
        assertThat(bench.values(A)).containsEntry("size", 1);
        assertThat(bench.file("base/snakepipe.single.cfg", "size = 3\n")
                        .change()
                        .status())
                .as("it hinders nothing else")
                .isEqualTo(ReloadResult.Status.APPLIED);

        bench.bundles.stopped.clear();
        assertThat(bench.service.retry(Optional.empty(), ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(bench.values(A)).containsEntry("size", 2);
    }

    @Test
    void aVetoRejectsHoldsTheFileAndStopsNobodyElse() throws Exception {
        checks((id, values, context) -> values.get("size").equals(2) ? veto("the world is too small") : List.of());

        ReloadResult bad = bench.file(DEMO, "size = 2\n").change();
        assertThat(bad.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(bad.problems()).hasToString("[" + DEMO + ": the world is too small]");
        assertThat(bench.values(A)).containsEntry("size", 1);
        assertThat(bench.bundles.steps).isEmpty();

        ReloadResult other =
                bench.file("base/snakepipe.demo~b.cfg", "size = 5\n").change();
        assertThat(other.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(other.held()).containsExactly(DEMO);
        assertThat(bench.snapshot.unapplied())
                .singleElement()
                .satisfies(file -> assertThat(file.state()).isEqualTo(UnappliedFile.State.REJECTED));

        checks((id, values, context) -> List.of());
        bench.service.retry(Optional.of(DEMO), ANN).get();
        assertThat(bench.values(A)).containsEntry("size", 2);
    }

    @Test
    void aVetoIsHeldOverARestartUntilItChangesOrIsRetried() throws Exception {
        checks((id, values, context) -> values.get("size").equals(2) ? veto("the world is too small") : List.of());
        bench.file(DEMO, "size = 2\n").change();
        bench.close();

        try (RolloutBench again = new RolloutBench(data).file(DEMO, "size = 2\n")) {
            assertThat(again.boot().held()).containsExactly(DEMO);
            assertThat(again.values(A)).containsEntry("size", 1);
            assertThat(again.snapshot.problems().toString()).contains("the world is too small", "a check refused it");

            again.service.retry(Optional.of(DEMO), ANN).get();
            assertThat(again.values(A)).containsEntry("size", 2);
        }
        try (RolloutBench third = new RolloutBench(data).file(DEMO, "size = 2\n")) {
            assertThat(third.boot().held()).isEmpty();
        }
    }

    @Test
    void aJarThatACheckRefusedIsHeldOverARestart() throws Exception {
        checks((id, values, context) -> veto("not with me"));
        bench.bundles.checks.add(new PluginCheck(
                "snakepipe.demo", "extra", digestOf("extra"), () -> (id, values, context) -> veto("not with me")));
        assertThat(bench.jar("extra.jar", "extra").change().status()).isEqualTo(ReloadResult.Status.REJECTED);
        bench.close();

        try (RolloutBench again =
                new RolloutBench(data).file(DEMO, "size = 1\n").jar("extra.jar", "extra")) {
            again.boot();
            assertThat(again.bundles.installed).isEmpty();
            assertThat(again.snapshot.problems().toString()).contains("not with me");

            again.service.retry(Optional.of("deploy/extra.jar"), ANN).get();
            assertThat(again.bundles.installed).hasSize(1);
        }
    }

    private static String digestOf(String text) {
        return Digests.of(text);
    }

    @Test
    void whoSkipsTheChecksIsNotStopped() throws Exception {
        checks((id, values, context) -> veto("never"));
        bench.file(DEMO, "size = 2\n").change();

        bench.service.retry(Optional.of(DEMO), ANN.withoutChecks()).get();

        assertThat(bench.values(A)).containsEntry("size", 2);
    }

    @Test
    void oneThatNeverReturnsIsAWarningAndLeftBehind() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        checks((id, values, context) -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return List.of();
        });

        ReloadResult result = bench.file(DEMO, "size = 2\n").change();

        assertThat(result.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(result.problems().toString())
                .contains(
                        "snakepipe.demo~a was not checked: the check of demo did not answer within 300 ms. It is not refused for"
                                + " that");
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatNobodyCanTellRefusesInAProtectedEnvironment() throws Exception {
        bench.file("environments/dev/environment.cfg", "protected = true\n").change();
        checks((id, values, context) -> {
            throw new IOException("the server does not answer");
        });
        bench.file(DEMO, "size = 2\n").change();
        String hash = bench.snapshot.pending().orElseThrow().hash();

        ReloadResult refused = bench.service.apply(hash, ANN).get();

        assertThat(refused.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(refused.problems().toString())
                .contains(
                        "was not checked: the server does not answer. The environment is protected, so it is refused: try"
                                + " again with 'snakepipe retry', or go on unchecked with --skip-checks]");
        assertThat(bench.snapshot.pending()).as("what is held waits for nobody").isEmpty();
    }

    @Test
    void whatIsWithdrawnWhileItIsAskedIsRefusedByNobody() throws Exception {
        bench.file("environments/dev/environment.cfg", "protected = true\n").change();
        CompletableFuture<CompletableFuture<ReloadResult>> begun = new CompletableFuture<>();
        checks((id, values, context) -> {
            begun.join().cancel(true);
            new CountDownLatch(1).await();
            return List.of();
        });
        bench.file(DEMO, "size = 2\n").change();
        String hash = bench.snapshot.pending().orElseThrow().hash();

        CompletableFuture<ReloadResult> asked = bench.service.apply(hash, ANN);
        begun.complete(asked);

        assertThatThrownBy(asked::get).isInstanceOf(CancellationException.class);
        // What is asked for comes after it.
        bench.service.plan(Optional.empty(), Duration.ofSeconds(20)).get();
        assertThat(bench.snapshot.unapplied())
                .extracting(UnappliedFile::state)
                .as("it waits, and no check has refused it")
                .containsExactly(UnappliedFile.State.PENDING);
        checks((id, values, context) -> List.of());
        assertThat(bench.service.apply(hash, ANN).get().status()).isEqualTo(ReloadResult.Status.APPLIED);
    }

    @Test
    void anErrorOfACheckIsNoErrorOfTheChange() throws InterruptedException {
        checks((id, values, context) -> {
            throw new StackOverflowError("foreign");
        });

        ReloadResult result = bench.file(DEMO, "size = 2\n").change();

        assertThat(result.status()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(result.problems().toString())
                .contains(
                        "the check of demo failed (java.lang.StackOverflowError), a mistake of that plugin: the log has where")
                .as("it may be a value")
                .doesNotContain("foreign");
    }

    @Test
    void seesSecretsAndOtherConfigurationsAsTheyWouldBe() throws InterruptedException {
        bench.providers.add(new RolloutBench.MapSecrets(Map.of("t", "canary")));
        checks((id, values, context) -> {
            boolean well = context.secret((String) values.get("token")).equals("canary")
                    && context.values("snakepipe.single").get("size").equals(7)
                    && context.values("no id~~").isEmpty()
                    && context.services(String.class).isEmpty()
                    && context.dataDirectory().isAbsolute();
            return well ? List.of() : veto("something is missing");
        });

        ReloadResult result = bench.file(DEMO, "size = 2\ntoken = $[secret:t]\n")
                .file("base/snakepipe.single.cfg", "size = 7\n")
                .change();

        assertThat(result.problems()).isEmpty();
        assertThat(result.status()).isEqualTo(ReloadResult.Status.APPLIED);
    }
}
