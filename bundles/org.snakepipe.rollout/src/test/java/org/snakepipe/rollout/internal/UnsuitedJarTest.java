// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.rollout.internal.RolloutBench.DEMO;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.ReloadResult.Status;
import org.snakepipe.control.UnappliedFile;

/** A jar and the configuration that goes with it come one after the other, as two directories do: in the end both are live. */
class UnsuitedJarTest {
    private static final String EXTRA = "base/snakepipe.extra~x.cfg";
    private static final String JAR = "extra.jar";
    /** With another key than the one before. */
    private static final String OTHER = "extra, renamed";

    @TempDir
    private Path data;

    private RolloutBench bench;

    @BeforeEach
    void boot() throws Exception {
        bench = new RolloutBench(data).jar(JAR, "extra").file(EXTRA, "size = 5\n");
        bench.boot();
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 5);
    }

    @AfterEach
    void leave() {
        bench.close();
    }

    @Test
    void theJarComesFirst() throws Exception {
        ReloadResult jar = bench.jar(JAR, OTHER).change();

        assertThat(jar.status()).isEqualTo(Status.REJECTED);
        assertThat(bench.snapshot.unapplied())
                .singleElement()
                .extracting(UnappliedFile::reason)
                .asString()
                .startsWith("does not go with the configuration, and is tried again with each change: ")
                .contains("size");

        ReloadResult both = bench.file(EXTRA, "amount = 5\n").change();

        assertThat(both.status()).as("%s", both).isEqualTo(Status.APPLIED);
        assertThat(both.changes()).contains("deploy/extra.jar: replaced");
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("amount", 5).doesNotContainKey("size");
        assertThat(bench.snapshot.unapplied()).isEmpty();
        assertThat(bench.snapshot.problems()).isEmpty();
    }

    @Test
    void theConfigurationComesFirst() throws Exception {
        assertThat(bench.file(EXTRA, "amount = 5\n").change().status()).isEqualTo(Status.REJECTED);

        assertThat(bench.jar(JAR, OTHER).change().status()).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("amount", 5);
        assertThat(bench.snapshot.unapplied()).isEmpty();
    }

    @Test
    void aJarThatDoesNotGoWithItHindersNothingElse() throws Exception {
        bench.jar(JAR, OTHER).change();

        ReloadResult other = bench.file(DEMO, "size = 2\nmood = fine\n").change();

        assertThat(other.status()).as("%s", other).isEqualTo(Status.APPLIED);
        assertThat(bench.values("snakepipe.extra~x")).containsEntry("size", 5);
        assertThat(bench.snapshot.unapplied()).extracting(UnappliedFile::path).containsExactly("deploy/extra.jar");
        assertThat(bench.file(DEMO, "size = no number\n").change().status()).isEqualTo(Status.REJECTED);
        assertThat(bench.file(DEMO, "size = 3\nmood = fine\n").change().status())
                .isEqualTo(Status.APPLIED);
    }

    @Test
    void aGoodJarIsNotBlamedForABadOne() throws Exception {
        ReloadResult two = bench.jar(JAR, OTHER).jar("more.jar", "more").change();

        assertThat(two.status()).isEqualTo(Status.REJECTED);
        assertThat(two.held()).containsExactly("deploy/extra.jar");
        assertThat(two.waiting()).containsExactly("deploy/more.jar");

        ReloadResult other = bench.file(DEMO, "size = 2\nmood = fine\n").change();

        assertThat(other.status()).as("%s", other).isEqualTo(Status.APPLIED);
        assertThat(bench.snapshot.current().plugins()).containsOnlyKeys(JAR, "more.jar");
        assertThat(bench.snapshot.unapplied()).extracting(UnappliedFile::path).containsExactly("deploy/extra.jar");
    }

    @Test
    void itIsLeftOutAfterARestartTooAndTriedAgain() throws Exception {
        bench.jar(JAR, OTHER).change();
        bench.close();

        try (RolloutBench again = new RolloutBench(data).jar(JAR, OTHER).file(EXTRA, "size = 5\n")) {
            again.bundles.remember(bench.bundles);
            again.boot();
            assertThat(again.values("snakepipe.extra~x")).containsEntry("size", 5);
            assertThat(again.snapshot.unapplied())
                    .extracting(UnappliedFile::path)
                    .containsExactly("deploy/extra.jar");
            again.next();

            assertThat(again.file(EXTRA, "amount = 5\n").change().status()).isEqualTo(Status.APPLIED);
            assertThat(again.values("snakepipe.extra~x")).containsEntry("amount", 5);
        }
    }

    @Test
    void whatWasMendedWhileNothingRanComesWithTheNextStart() throws Exception {
        bench.jar(JAR, OTHER).change();
        bench.close();

        try (RolloutBench again = new RolloutBench(data).jar(JAR, OTHER).file(EXTRA, "amount = 5\n")) {
            again.bundles.remember(bench.bundles);
            again.boot();
            assertThat(again.next().status()).isEqualTo(Status.APPLIED);
            assertThat(again.values("snakepipe.extra~x")).containsEntry("amount", 5);
            assertThat(again.snapshot.unapplied()).isEmpty();
        }
    }
}
