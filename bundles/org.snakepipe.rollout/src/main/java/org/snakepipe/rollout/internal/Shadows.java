// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ConfigState;

/** Tells somebody who saved a value that a higher layer hides it: otherwise it looks as if nobody had read the file. */
final class Shadows {
    private Shadows() {}

    /**
     * A note for each value that was changed to no effect.
     *
     * @param touched the files that were saved
     */
    static List<Problem> notes(Draft before, Draft after, Set<String> touched) {
        List<Problem> notes = new ArrayList<>();
        touched.stream()
                .filter(path -> !after.provenance().counts(path))
                .forEach(path ->
                        after.provenance().noEffect(path).forEach(sentence -> notes.add(elsewhere(path, sentence))));
        after.states()
                .forEach((id, state) -> state.values().forEach((key, value) -> {
                    for (ConfigValue hidden : value.shadowed()) {
                        boolean saved = touched.contains(hidden.origin().source());
                        if (saved && !isSaid(after, hidden) && !was(before, id, key, hidden)) {
                            notes.add(note(id, key, value, hidden));
                        }
                    }
                }));
        return notes;
    }

    /** A wrong value is told as such. */
    private static boolean isSaid(Draft draft, ConfigValue hidden) {
        return draft.problems().stream().anyMatch(problem -> problem.origin().equals(Optional.of(hidden.origin())));
    }

    private static boolean was(Draft before, ConfigId id, String key, ConfigValue now) {
        Map<String, ConfigValue> values = Optional.ofNullable(before.states().get(id))
                .map(ConfigState::values)
                .orElse(Map.of());
        return Optional.ofNullable(values.get(key)).stream()
                .flatMap(value -> Stream.concat(Stream.of(value), value.shadowed().stream()))
                .anyMatch(value -> value.origin().source().equals(now.origin().source())
                        && value.raw().equals(now.raw()));
    }

    private static Problem elsewhere(String path, String sentence) {
        return Problem.warning("value.hidden", sentence)
                .at(new Origin("", path, 0, 0))
                .build();
    }

    private static Problem note(ConfigId id, String key, ConfigValue value, ConfigValue hidden) {
        String message = "no effect: " + key + " is set to " + value.raw() + " by " + value.origin() + ", not to "
                + hidden.raw();
        return Problem.warning("value.hidden", message)
                .id(id)
                .key(key)
                .at(hidden.origin())
                .build();
    }
}
