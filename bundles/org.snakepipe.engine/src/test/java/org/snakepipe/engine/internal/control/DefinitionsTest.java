// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Part;
import org.snakepipe.engine.internal.settings.PipelineDefinition;

class DefinitionsTest {
    private static final ConfigId ID = ConfigId.parse("snakepipe.pipeline~rows");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Map<ConfigId, Part> parts = new HashMap<>();
    private final Definitions definitions = new Definitions(id -> Optional.ofNullable(parts.get(id)));
    private final List<String> constructed = new ArrayList<>();

    @Test
    void constructsOnceForEachContent() throws Exception {
        define("one");
        assertThat(definitions.settings(ID, LONG))
                .isEqualTo(definitions.settings(ID, LONG))
                .isPresent();
        assertThat(constructed).containsExactly("one");

        define("two");
        definitions.settings(ID, LONG);
        assertThat(constructed).containsExactly("one", "two");
    }

    /** Another program writes another value, and leaves the fingerprint as it was. */
    @Test
    void constructsAnewWhatIsRegisteredAnew() throws Exception {
        define("one");
        definitions.settings(ID, LONG);

        define("one", "service 2");
        definitions.settings(ID, LONG);
        assertThat(constructed).containsExactly("one", "one");
    }

    @Test
    void hasNothingToSayWhileThereIsNoDefinition() throws Exception {
        define("one");
        definitions.settings(ID, LONG);

        parts.clear();
        assertThat(definitions.settings(ID, LONG)).isEmpty();
    }

    @Test
    void forgetsWhatIsNotWanted() throws Exception {
        define("one");
        definitions.settings(ID, LONG);

        definitions.retain(Set.of());
        definitions.settings(ID, LONG);
        assertThat(constructed).containsExactly("one", "one");
    }

    @Test
    void triesAgainWhatFailed() throws Exception {
        parts.put(ID, new Part(ID, "one", "service 1", () -> {
            throw new IllegalArgumentException("not today");
        }));
        assertThatThrownBy(() -> definitions.settings(ID, LONG))
                .isInstanceOf(OpenFailure.class)
                .hasMessageContaining("not today");

        define("one");
        assertThat(definitions.settings(ID, LONG)).isPresent();
    }

    private void define(String fingerprint) {
        define(fingerprint, "service " + fingerprint);
    }

    private void define(String fingerprint, String registration) {
        parts.put(ID, new Part(ID, fingerprint, registration, () -> {
            constructed.add(fingerprint);
            return (PipelineDefinition) () -> Settings.plain().value();
        }));
    }
}
