// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.validation.compare.Finding.Kind.INTENDED;
import static org.snakepipe.validation.compare.Finding.Kind.MISSING;
import static org.snakepipe.validation.compare.Finding.Kind.ORPHAN;
import static org.snakepipe.validation.compare.Finding.Kind.REDUNDANT;
import static org.snakepipe.validation.compare.Finding.Kind.SHADOWED;
import static org.snakepipe.validation.compare.Finding.Kind.SHARED_SECRET;
import static org.snakepipe.validation.compare.Trees.tree;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakepipe.environment.EnvironmentResolver;
import org.snakepipe.validation.compare.Finding.Kind;

class EnvironmentCheckTest {
    private static Trees base() {
        return tree().file("base/a.store~x.cfg", "url = u", "size = 5", "names = a, b", "token = canary");
    }

    @Test
    void aValueSetAgainIsIntendedAndOneSetTheSameIsRedundant() {
        Trees tree = base().file("environments/prod/a.store~x.cfg", "size = 6", "url = u", "token = canary2");

        assertThat(tree.found(""))
                .containsExactly(
                        "note environments/prod/a.store~x.cfg:1: size = 6 instead of 5 (base/a.store~x.cfg:2)",
                        "warning environments/prod/a.store~x.cfg:2: url = u is what base/a.store~x.cfg:1 says already;"
                                + " remove it",
                        "note environments/prod/a.store~x.cfg:3: token is not what base/a.store~x.cfg:4 says");
    }

    @Test
    void aRedundantSecretDoesNotShow() {
        assertThat(base().file("environments/prod/a.store~x.cfg", "token = canary")
                        .found(""))
                .singleElement()
                .asString()
                .contains("token is what base/a.store~x.cfg:4 says already")
                .doesNotContain("canary");
    }

    @Test
    void typedFilesAreComparedWithTexts() {
        Trees tree = base().file("environments/prod/a.store~x.cfg.json", "{\"size\": 5, \"names\": [\"a\", \"b\"]}")
                .file("environments/eu/a.store~x.cfg", "names = $[inherited]");

        assertThat(tree.found("", REDUNDANT, INTENDED)).hasSize(3).allMatch(text -> text.contains("says already"));
    }

    @Test
    void whatHidesAnotherValueInOneEnvironmentIsNotRedundantInTheOthers() {
        Trees tree = base().file("environments/prod/a.store~x.cfg", "size = 7")
                .environment("eu", "prod")
                .file("environments/eu/a.store~x.cfg", "size = 6")
                .environment("staging", "prod")
                .file("environments/staging/a.store~x.cfg", "size = 7")
                .environment("both", "staging", "eu");

        assertThat(tree.found("", REDUNDANT)).isEmpty();
        assertThat(tree.found("", INTENDED))
                .anyMatch(
                        text -> text.contains(
                                "environments/staging/a.store~x.cfg:1: size = 7 instead of 6 (environments/eu/a.store~x.cfg:1)"));
    }

    @Test
    void whatCountsInNoEnvironmentIsShadowed() {
        Trees tree = base().file("environments/dev/a.store~x.cfg", "size = 6")
                .file("environments/prod/a.store~x.cfg", "size = 7", "names = $[inherited], c");

        assertThat(tree.found("", SHADOWED))
                .containsExactly("note base/a.store~x.cfg:2: size = 5 counts in no environment:"
                        + " environments/dev/a.store~x.cfg:1 and others hide it");
    }

    @Test
    void sharedPropertiesAreSetAgainToo() {
        Trees tree = base().file("base/properties.cfg", "region = eu", "other = 1")
                .file("environments/prod/properties.cfg", "region = eu", "other = 2");

        assertThat(tree.found(""))
                .containsExactly(
                        "warning environments/prod/properties.cfg:1: region is what base/properties.cfg:1 says already;"
                                + " remove it",
                        "note environments/prod/properties.cfg:2: other is not what base/properties.cfg:2 says");
    }

    @Test
    void anOverlayWithAMisspeltIdIsAnOrphan() {
        assertThat(base().file("base/a.store~nodes.cfg", "url = u", "size = 5")
                        .file("environments/prod/a.store~node.cfg", "size = 6")
                        .found("", ORPHAN))
                .containsExactly("warning environments/prod/a.store~node.cfg:1: a.store~node has no url in any"
                        + " environment, and no file in base/; did you mean 'a.store~nodes'?");
        assertThat(tree().file("base/b.late~nodes.cfg", "url = u", "size = 5")
                        .file("environments/prod/b.late~node.cfg", "size = 6")
                        .found("", ORPHAN))
                .as("no schema")
                .singleElement()
                .asString()
                .contains("did you mean 'b.late~nodes'?");
        assertThat(base().file("environments/prod/a.stor~x.cfg", "size = 6").found("", ORPHAN))
                .singleElement()
                .asString()
                .contains("did you mean 'a.store~x'?");
    }

    @Test
    void aConfigurationThatSomeEnvironmentCompletesIsNoOrphan() {
        Trees tree = base().file("environments/prod/a.store~own.cfg", "size = 6")
                .environment("eu", "prod")
                .file("environments/eu/a.store~own.cfg", "url = u")
                .file("environments/prod/a.store~xy.cfg", "url = u", "size = 5", "names = a", "token = t");

        assertThat(tree.found("", ORPHAN)).isEmpty();
    }

    @Test
    void ofWhatCannotBeReadNobodyIsAnOrphan() {
        assertThat(tree().file("base/a.store~x.cfg", "url = \\u12")
                        .file("environments/prod/a.store~x.cfg", "size = 6")
                        .found("", ORPHAN))
                .isEmpty();
    }

    @Test
    void whatStagingHasAndProdHasNotIsMissing() {
        Trees tree = base().file("base/a.lone.cfg", "# defaults")
                .file("environments/staging/a.lone.cfg", "on = false")
                .file("environments/staging/a.store~x.cfg", "more = 1")
                .file("environments/staging/a.store~only.cfg", "url = u")
                .file("environments/prod/a.store~x.cfg", "names = $[unset]");

        assertThat(tree.found("", MISSING))
                .containsExactly(
                        "note environments/staging/a.lone.cfg:1: a.lone on is set in staging but not in prod, where the"
                                + " default true counts",
                        "warning environments/staging/a.store~only.cfg:1: a.store~only is set in staging but not in prod",
                        "warning environments/staging/a.store~x.cfg:1: a.store~x more is set in staging but not in prod");
        assertThat(tree.found("- environment: prod\n  has every key of: staging\n", MISSING))
                .as("a contract says it")
                .isEmpty();
    }

    @Test
    void aSecretOfAProtectedEnvironmentIsNobodyElses() {
        Trees tree = base().file("environments/prod/environment.cfg", "protected = true")
                .file("environments/prod/a.store~x.cfg", "token = $[secret:live]")
                .environment("prod-eu", "prod")
                .file("environments/test/a.store~x.cfg", "token = x$[secret:live]")
                .environment("staging", "prod");

        assertThat(tree.found("", SHARED_SECRET))
                .containsExactly(
                        "warning environments/prod/a.store~x.cfg:1: the secret live of prod, prod-eu, protected, is"
                                + " used by staging, test too (allowed: one of its own)");
    }

    @Test
    void aSecretThatAllTakeFromBaseIsAMachinesOwn() {
        Trees tree = tree().file("base/a.store~x.cfg", "url = u", "token = $[secret:own]")
                .file("environments/prod/environment.cfg", "protected = true")
                .environment("staging", "prod");

        assertThat(tree.found("", SHARED_SECRET)).isEmpty();
    }

    @Test
    void anEnvironmentWithoutKnownAncestorsSaysNothing() {
        Trees tree = base().environment("odd", "nobody").file("environments/odd/a.store~x.cfg", "url = u");

        assertThat(tree.found("")).isEmpty();
    }

    @Test
    void anOverlayIsComparedWithWhatItsLayerStandsOn() {
        assertThat(base().file("environments/eu/b.late~nodes.cfg", "url = u", "size = 5")
                        .file("environments/prod/b.late~node.cfg", "size = 6")
                        .found("", ORPHAN))
                .isEmpty();
    }

    private static Trees environments(int environments, int configurations) {
        Trees tree = tree();
        for (int pid = 0; pid < configurations; pid++) {
            tree.file("base/a.store~p" + pid + ".cfg", "url = $[prop:size]", "size = " + pid, "names = a, b");
        }
        for (int number = 0; number < environments; number++) {
            String directory = "environments/e" + number + "/";
            tree.file(directory + "environment.cfg", number < 2 ? "# root" : "extends = e" + number / 2);
            tree.file(
                    directory + "a.store~p" + number % configurations + ".cfg", "size = " + number, "names = a, b, c");
            tree.file(directory + "a.store~own" + number + ".cfg", "size = 1");
        }
        return tree;
    }

    /** The shortest of many, as the machine has other things to do. */
    private static Duration shortest(int environments, int configurations) {
        Duration shortest = Duration.ofDays(1);
        Trees tree = environments(environments, configurations);
        for (int round = 0; round < 30; round++) {
            EnvironmentResolver fresh = new EnvironmentResolver();
            EnvironmentCheck check = new EnvironmentCheck(fresh, Trees.schemas());
            long start = System.nanoTime();
            List<Finding> findings = check.check(fresh.read(tree.contents()), Contracts.NONE);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            shortest = taken.compareTo(shortest) < 0 ? taken : shortest;
            assertThat(findings.stream().map(Finding::kind)).contains(Kind.INTENDED, Kind.ORPHAN);
        }
        System.out.println(environments + " environments over " + configurations + " configurations, files read and"
                + " checked: " + shortest.toNanos() / 1000 + " us");
        return shortest;
    }

    @Test
    void twelveEnvironmentsTakeMilliseconds() {
        assertThat(shortest(12, 13)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void aHundredEnvironmentsTakeNoLongerThanSomebodyWaits() {
        assertThat(shortest(100, 40)).isLessThan(Duration.ofSeconds(1));
    }
}
