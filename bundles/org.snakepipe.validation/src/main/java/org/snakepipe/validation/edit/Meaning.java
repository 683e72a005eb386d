// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.WrittenFile;

/** What a file says, to tell whether an edit did what it should and nothing else. Immutable. */
final class Meaning {
    private static final String WORD = "$[";

    private final Map<Slot, ConfigValue> values = new HashMap<>();
    private final List<Problem> problems;

    /** A key of a configuration; {@code id} is empty for what describes an environment. */
    private record Slot(String id, String key) {}

    private Meaning(WrittenFile file) {
        file.values().forEach((id, block) -> block.forEach((key, value) -> put(id.toString(), key, value)));
        file.description().forEach((key, value) -> put("", key, value));
        problems = file.problems();
    }

    /** Of a file; empty when nothing is known of such a file. */
    static Optional<Meaning> of(String path, byte[] content) {
        return WrittenFile.read(path, content).map(Meaning::new);
    }

    private void put(String id, String key, ConfigValue value) {
        values.put(new Slot(id, key), value);
    }

    /** Whether a fix makes sense here: it hides no word, and writes no key that is there. */
    boolean admits(Problem problem, Fix fix) {
        List<Slot> slots = slots(problem);
        if (slots.size() > 1) {
            return false;
        }
        return switch (fix.kind()) {
            case RENAME -> slots.size() == 1 && !isWritten(slots.get(0).id(), fix.key());
            case REPLACE ->
                slots.size() == 1
                        && (fix.value().contains(WORD)
                                || !String.valueOf(values.get(slots.get(0)).raw())
                                        .contains(WORD));
            case ADD -> !isWritten(owner(problem), fix.key());
            case REMOVE -> true;
        };
    }

    /** Whether another text says the same but for a fix, and is no worse. */
    boolean becomes(Meaning after, Problem problem, Fix fix) {
        boolean here = problems.stream().anyMatch(one -> isSame(one, problem));
        if (after.problems.size() > problems.size() - (here ? 1 : 0)) {
            return false;
        }
        List<Slot> slots = slots(problem);
        Map<Slot, Object> expected = raws();
        Map<Slot, Object> found = after.raws();
        switch (fix.kind()) {
            case RENAME -> expected.put(new Slot(slots.get(0).id(), fix.key()), expected.remove(slots.get(0)));
            case REMOVE -> slots.forEach(expected::remove);
            case REPLACE -> {
                expected.remove(slots.get(0));
                if (!Elements.isSame(found.remove(slots.get(0)), fix.value())) {
                    return false;
                }
            }
            case ADD -> {
                if (!Elements.isSame(found.remove(new Slot(owner(problem), fix.key())), fix.value())) {
                    return false;
                }
            }
        }
        return expected.equals(found);
    }

    private Map<Slot, Object> raws() {
        Map<Slot, Object> raws = new HashMap<>();
        values.forEach((slot, value) -> raws.put(slot, value.raw()));
        return raws;
    }

    private static String owner(Problem problem) {
        return problem.id().map(ConfigId::toString).orElse("");
    }

    private boolean isWritten(String id, String key) {
        return values.keySet().stream()
                .anyMatch(slot -> slot.id().equals(id) && slot.key().equalsIgnoreCase(key));
    }

    /** What stands where the problem is; several when aliases repeat it, none when it is the second of two. */
    private List<Slot> slots(Problem problem) {
        List<Slot> slots = new ArrayList<>();
        problem.origin()
                .filter(origin -> origin.line() > 0)
                .ifPresent(origin -> values.forEach((slot, value) -> {
                    if (isSame(value.origin(), origin)) {
                        slots.add(slot);
                    }
                }));
        return slots;
    }

    private static boolean isSame(Origin one, Origin other) {
        return one.line() == other.line() && one.column() == other.column();
    }

    private static boolean isSame(Problem one, Problem other) {
        return one.code().equals(other.code())
                && one.origin()
                        .flatMap(at -> other.origin().map(there -> isSame(at, there)))
                        .orElse(false);
    }
}
