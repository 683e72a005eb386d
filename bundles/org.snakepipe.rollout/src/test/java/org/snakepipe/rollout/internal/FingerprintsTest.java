// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private final Fingerprints fingerprints = new Fingerprints(word -> word);

    @Test
    void sameValuesSameFingerprint() {
        assertThat(fingerprints.of(Map.of("a", new String[] {"x"}, "b", 1)))
                .isEqualTo(fingerprints.of(Map.of("b", 1, "a", new String[] {"x"})))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void valuesThatOnlyLookAlikeDiffer() {
        List<Map<String, Object>> all = List.of(
                Map.of("a", "1"),
                Map.of("a", 1),
                Map.of("a", 1L),
                Map.of("a", new String[] {"1"}),
                Map.of("a", List.of("1")),
                Map.of("a", new int[] {1}),
                Map.of("a", new String[] {"1", ""}),
                Map.of("a", ""),
                Map.of("a", "1", "b", ""),
                Map.of());
        Set<String> seen = new HashSet<>();

        all.forEach(values -> seen.add(fingerprints.of(values)));

        assertThat(seen).hasSameSizeAs(all);
    }

    @Test
    void saysNothingToAnotherProcess() {
        assertThat(new Fingerprints(word -> word).of(Map.of("password", "1234")))
                .isNotEqualTo(fingerprints.of(Map.of("password", "1234")));
    }

    @Test
    void oneThatFailedInTheMiddleLeavesNothingBehind() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>(new IllegalStateException("no such secret"));
        Fingerprints filled = new Fingerprints(text -> {
            if (failure.get() != null) {
                throw failure.get();
            }
            return text;
        });
        Map<String, Object> word = Map.of("a", 1, "password", "$[secret:x]");
        assertThatThrownBy(() -> filled.of(word)).isSameAs(failure.get());
        failure.set(null);

        assertThat(filled.of(word)).isEqualTo(filled.of(word));
    }

    @Test
    void fillsWordsEachTime() {
        AtomicReference<String> secret = new AtomicReference<>("old");
        Fingerprints filled = new Fingerprints(text -> secret.get());
        Map<String, Object> plain = Map.of("a", 1, "b", List.of("x"));
        Map<String, Object> word = Map.of("password", "$[secret:x]");
        Map<String, Object> listed = Map.of("all", new String[] {"a", "$[secret:x]"});
        Map<Map<String, Object>, String> before = filled.ofAll(List.of(plain, word, listed));

        secret.set("new");
        Map<Map<String, Object>, String> after = filled.ofAll(List.of(plain, word, listed));

        assertThat(after.get(plain)).isEqualTo(before.get(plain)).isEqualTo(filled.of(plain));
        assertThat(after.get(word)).isNotEqualTo(before.get(word)).isEqualTo(filled.of(word));
        assertThat(after.get(listed)).isNotEqualTo(before.get(listed)).isEqualTo(filled.of(listed));
    }
}
