// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.snakepipe.validation.compare.Finding.Kind.CONTRACT;
import static org.snakepipe.validation.compare.Trees.tree;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakepipe.api.config.Problem;

class ContractsTest {
    private static Trees environments() {
        return tree().file("base/a.store~x.cfg", "url = u", "token = $[secret:one]")
                .file("environments/staging/a.store~x.cfg", "size = 6", "names = a")
                .file("environments/staging/a.store~own.cfg", "url = v")
                .file("environments/prod/a.store~x.cfg", "token = $[unset]");
    }

    private static List<String> found(String... lines) {
        return environments().found(String.join("\n", lines) + "\n", CONTRACT);
    }

    private static List<String> problems(String text) {
        return Contracts.read(Contracts.FILE, text.getBytes(StandardCharsets.UTF_8)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void everyKeyIsMissedWithItsPlace() {
        assertThat(found("- environment: prod", "  has every key of: staging"))
                .containsExactlyInAnyOrder(
                        "error contracts.yaml:2: prod has no a.store~own, and staging has it"
                                + " (environments/staging/a.store~own.cfg:1)",
                        "error contracts.yaml:2: prod has no a.store~x names, and staging has it"
                                + " (environments/staging/a.store~x.cfg:2)",
                        "error contracts.yaml:2: prod has no a.store~x size, and staging has it"
                                + " (environments/staging/a.store~x.cfg:1)",
                        "error contracts.yaml:2: prod has no a.store~x token, and staging has it"
                                + " (base/a.store~x.cfg:2); environments/prod/a.store~x.cfg:1 unsets it");
    }

    @Test
    void exceptionsAreOfKeysAndOfConfigurations() {
        assertThat(found(
                        "- environment: prod",
                        "  has every key of: [staging]",
                        "  except: [a.store~own, a.store~x size, a.store~x names, a.store~x token]"))
                .isEmpty();
        assertThat(found("- environment: prod", "  has every key of: staging", "  except: [a.store~x]"))
                .singleElement()
                .asString()
                .contains("a.store~own");
    }

    @Test
    void whatMustDifferAndDoesNotIsNamedWithItsPlaces() {
        Trees tree = environments().file("environments/eu/a.store~x.cfg", "url = u2");

        assertThat(tree.found("- environments: [staging, prod, eu]\n  must differ: [a.store~x url]\n", CONTRACT))
                .containsExactly(
                        "error contracts.yaml:2: a.store~x url is the same in staging, prod (base/a.store~x.cfg:1)");
    }

    @Test
    void secretsDifferByTheirWordsAndTheRestByWhatItComesTo() {
        Trees tree = tree().file("base/a.store~x.cfg", "url = $[prop:region]", "token = $[secret:one]")
                .file("base/properties.cfg", "region = none")
                .file("environments/a/properties.cfg", "region = a")
                .file("environments/b/properties.cfg", "region = b")
                .file("environments/b/a.store~x.cfg", "token = $[secret:two]", "names = $[env:NAMES]")
                .file("environments/c/a.store~x.cfg", "names = $[env:NAMES]", "url = c");
        String same = "- environments: [%s]\n  must differ: [a.store~x %s]\n";

        assertThat(tree.found(same.formatted("a, b, c", "url"), CONTRACT)).isEmpty();
        assertThat(tree.found(same.formatted("a, b", "token"), CONTRACT)).isEmpty();
        assertThat(tree.found(same.formatted("a, c", "token"), CONTRACT)).hasSize(1);
        assertThat(tree.found(same.formatted("b, c", "names"), CONTRACT))
                .as("only the machines know")
                .isEmpty();
    }

    @Test
    void namesThatNobodyHasAreReported() {
        assertThat(found(
                        "- environments: [stagin, prod, staging]",
                        "  must differ: [a.store~x urls, a.store~y url]",
                        "- environment: prod",
                        "  has every key of: prd"))
                .containsExactlyInAnyOrder(
                        "error contracts.yaml:1: there is no environment stagin; did you mean 'staging'?",
                        "error contracts.yaml:2: there is no a.store~x urls in prod, staging; did you mean 'a.store~x url'?",
                        "error contracts.yaml:2: there is no a.store~y in prod, staging; did you mean 'a.store~x'?",
                        "error contracts.yaml:4: there is no environment prd; did you mean 'prod'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1 | contracts.yaml:1: the file holds no list (allowed: contracts, each begins with '- ')",
                "- prod | contracts.yaml:1: this is no contract (allowed: keys environment, environments, has every key of,"
                        + " except, must differ)",
                "- {environment: a, must difer: [b c]} | contracts.yaml:1: 'must difer' is no key of a contract (allowed:"
                        + " environment, environments, has every key of, except, must differ); did you mean 'must differ'?",
                "- {environment: a, has every key of: b, environment: c} | contracts.yaml:1: environment is there twice"
                        + " (allowed: once in a contract)",
                "- {must differ: b c} | contracts.yaml:1: the contract names no environment; add 'environment: NAME'",
                "- {environment: a} | contracts.yaml:1: the contract demands nothing (allowed: has every key of, must differ)",
                "- {environments: [a, b], must differ: x y, except: x} | contracts.yaml:1: except excepts from nothing"
                        + " (allowed: beside has every key of)",
                "- {environment: a, must differ: x y} | contracts.yaml:1: one environment cannot differ (allowed:"
                        + " environments: [NAME, NAME])",
                "- {environments: [a, b], must differ: [x]} | contracts.yaml:1: 'x' names no key (allowed: an id and a key,"
                        + " such as a.b~c url)",
                "- {environments: [a, b], must differ: [x y z]} | contracts.yaml:1: 'x y z' has more than an id and a key"
                        + " (allowed: ID, ID KEY)",
                "- {environments: [a, b], must differ: [x~ y]} | contracts.yaml:1: 'x~' has no name after '~'",
                "- {environments: [], must differ: [x y]} | contracts.yaml:1: environments is empty (allowed: one or more)",
                "- {environment: {}, has every key of: b} | contracts.yaml:1: environment holds no text (allowed: a text, or"
                        + " a list of texts)",
                "- {environment: [a | contracts.yaml:2: this is no YAML",
            })
    void whatIsNoContractIsRefused(String text, String problem) {
        assertThat(problems(text + "\n").get(0)).startsWith(problem);
        assertThat(environments().found(text + "\n", CONTRACT)).anyMatch(line -> line.startsWith("error " + problem));
    }

    @Test
    void aGoodContractCountsBesideABadOne() {
        assertThat(found("- nonsense", "- environment: prod", "  has every key of: staging", "  except: a.store~x"))
                .hasSize(2);
        assertThat(problems("# nothing yet\n")).isEmpty();
    }
}
