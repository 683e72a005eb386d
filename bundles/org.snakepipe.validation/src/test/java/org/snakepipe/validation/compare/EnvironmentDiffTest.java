// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.snakepipe.validation.compare.Trees.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakepipe.environment.KnownKeys;
import org.snakepipe.validation.SchemaKeys;
import org.snakepipe.validation.compare.Difference.Side;

class EnvironmentDiffTest {
    private static final SchemaKeys KNOWN = new SchemaKeys(Trees.schemas());

    private static List<String> texts(List<Difference> differences) {
        return differences.stream().map(Difference::toString).toList();
    }

    private static List<String> between(Trees tree, String left, String right) throws InterruptedException {
        return texts(EnvironmentDiff.between(tree.export(left), tree.export(right)));
    }

    @Test
    void namesValuesWithTheirPlacesAndCountsDefaults() throws InterruptedException {
        Trees tree = tree().file("base/a.store~x.cfg", "url = u", "names = a, b")
                .file("environments/one/a.store~x.cfg", "size = 10", "names = a")
                .file("environments/two/a.store~x.cfg", "size = 20");

        assertThat(between(tree, "one", "two"))
                .containsExactly(
                        "a.store~x names: left [a] (environments/one/a.store~x.cfg:2), right [a, b] (base/a.store~x.cfg:2)",
                        "a.store~x size: left 10 (environments/one/a.store~x.cfg:1), right 20"
                                + " (environments/two/a.store~x.cfg:1)");
        assertThat(between(tree, "one", "dev"))
                .as("a value that is the default is no difference")
                .hasSize(1);
        assertThat(between(tree, "one", "one")).isEmpty();
    }

    @Test
    void aConfigurationThatOnlyOneHasIsOneDifference() throws InterruptedException {
        Trees tree = tree().file("environments/one/a.store~x.cfg", "url = u", "size = 5")
                .environment("two");

        List<Difference> found = EnvironmentDiff.between(tree.export("two"), tree.export("one"));

        assertThat(found).singleElement().satisfies(difference -> {
            assertThat(difference.key()).isEmpty();
            assertThat(difference.side()).isEqualTo(Side.RIGHT);
        });
        assertThat(texts(found)).containsExactly("a.store~x: only right (environments/one/a.store~x.cfg:2)");
    }

    @Test
    void secretsDifferWhenTheirWordsDoAndNeverShow() throws InterruptedException {
        Trees tree = tree().file("base/a.store~x.cfg", "url = u")
                .file("environments/one/a.store~x.cfg", "token = $[secret:t.one]")
                .file("environments/two/a.store~x.cfg", "token = canary$[secret:t.one]")
                .file("environments/three/a.store~x.cfg", "token = canary3")
                .file("environments/four/a.store~x.cfg", "token = canary4")
                .file("environments/five/a.store~x.cfg", "token = $[secret:t.one]");

        assertThat(between(tree, "one", "five")).isEmpty();
        assertThat(between(tree, "one", "two"))
                .containsExactly(
                        "a.store~x token: left <set: $[secret:t.one]> (environments/one/a.store~x.cfg:1), right"
                                + " <set: $[secret:t.one]> (environments/two/a.store~x.cfg:1): two different secrets");
        assertThat(between(tree, "three", "four"))
                .singleElement()
                .asString()
                .contains("left <set> ", "two different secrets")
                .doesNotContain("canary");
    }

    @Test
    void whatNobodyKnowsIsMasked() throws InterruptedException {
        Trees tree = tree().file("base/a.late.cfg", "token = canary")
                .file("environments/one/a.late.cfg", "token = canary1")
                .file("base/a.store~x.cfg", "url = u", "token = canary");

        assertThat(between(tree, "dev", "one"))
                .singleElement()
                .asString()
                .contains("two different")
                .doesNotContain("canary");
        assertThat(tree.export("dev").tree().toString()).doesNotContain("canary");
        assertThat(ResolvedExport.of(tree.resolver.resolve(tree.files(), "one"), KnownKeys.NOTHING)
                        .tree()
                        .toString())
                .doesNotContain("canary");
    }

    @Test
    void anExportComesBackFromItsTree() throws InterruptedException {
        Trees tree = tree().file("base/a.store~x.cfg", "url = u", "names = a, b", "token = canary")
                .file("environments/one/a.store~x.cfg", "size = 5", "token = canary1");

        ResolvedExport back = ResolvedExport.fromTree(tree.export("dev").tree());

        assertThat(tree.export("dev").tree())
                .isEqualTo(Map.of(
                        "a.store~x", Map.of("url", "u", "size", 10, "names", List.of("a", "b"), "token", "<set>")));
        assertThat(EnvironmentDiff.between(back, tree.export("dev"))).isEmpty();
        assertThat(texts(EnvironmentDiff.between(back, tree.export("one"))))
                .containsExactly("a.store~x size: left 10, right 5 (environments/one/a.store~x.cfg:1)");
    }

    @Test
    void withoutACheckValuesAreAsWritten() {
        Trees tree = tree().file("base/a.store~x.cfg", "url = u", "size = 010", "token = $[secret:a]");

        assertThat(ResolvedExport.of(tree.resolver.resolve(tree.files(), "dev"), KNOWN)
                        .tree())
                .isEqualTo(Map.of("a.store~x", Map.of("url", "u", "size", "010", "token", "<set: $[secret:a]>")));
    }

    @Test
    void aTreeThatIsNoExportIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResolvedExport.fromTree(Map.of("a b", Map.of())))
                .withMessageContaining("'a b' is not a PID");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResolvedExport.fromTree(Map.of("a.b", 5)))
                .withMessage("a.b holds no keys (allowed: keys with values)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResolvedExport.fromTree(Map.of("a.b", Map.of("c", Map.of()))))
                .withMessageStartingWith("a.b c is nested");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResolvedExport.fromTree(Map.of("a.b", Collections.singletonMap("c", null))))
                .withMessageStartingWith("a.b c is null");
        assertThat(new ArrayList<>(ResolvedExport.fromTree(Map.of()).tree().keySet()))
                .isEmpty();
    }
}
