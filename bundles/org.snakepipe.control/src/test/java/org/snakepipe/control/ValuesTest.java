// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.Problem;

/** What the values promise beyond being records: copies, order, sums. */
class ValuesTest {
    @Test
    void aChangeSetIsSortedAndIndependentOfItsParts() {
        Map<String, FileContent> changed = new HashMap<>();
        changed.put("b", new FileContent(new byte[] {1}, "d1"));
        changed.put("a", new FileContent(new byte[0], "d2"));

        ChangeSet set = new ChangeSet(ChangeSet.Root.CONFIG, true, changed, Set.of("z", "y"), Map.of());
        changed.clear();

        assertThat(set.changed().keySet()).containsExactly("a", "b");
        assertThat(set.gone()).containsExactly("y", "z");
    }

    @Test
    void contentsAreEqualByDigest() {
        FileContent one = new FileContent(new byte[] {1}, "same");
        FileContent other = new FileContent(new byte[] {1}, "same");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString("1 bytes, same");
        assertThat(one).isNotEqualTo(new FileContent(new byte[] {1}, "different"));
    }

    @Test
    void anOutcomeAddsUpItsPhases() {
        Map<String, Duration> phases = new LinkedHashMap<>();
        phases.put("validate", Duration.ofMillis(2));
        phases.put("publish", Duration.ofMillis(5));
        List<String> changes = new ArrayList<>(List.of("x"));

        ReloadResult outcome = ReloadResult.of(ReloadResult.Status.APPLIED, 2, "boot")
                .previous(1)
                .changes(changes, List.of())
                .phases(phases)
                .at(Instant.EPOCH);
        changes.clear();

        assertThat(outcome.total()).isEqualTo(Duration.ofMillis(7));
        assertThat(outcome.phases().keySet()).containsExactly("validate", "publish");
        assertThat(outcome.changes()).containsExactly("x");
    }

    @Test
    void aRejectionSaysItsProblem() {
        Problem problem = Problem.error("plugin.zip", "is no zip file").build();

        assertThat(new PluginRejected(problem, null)).hasMessage("is no zip file");
        assertThat(new PluginRejected(problem, null).problem()).isSameAs(problem);
    }
}
