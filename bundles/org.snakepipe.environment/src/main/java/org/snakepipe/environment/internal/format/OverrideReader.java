// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.environment.RuntimeOverride;
import org.snakepipe.environment.internal.format.Node.Mapping;
import org.snakepipe.environment.internal.format.Node.Sequence;
import org.snakepipe.environment.internal.source.Format;
import org.snakepipe.environment.internal.source.Leftovers;
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;
import org.snakepipe.environment.internal.source.UnreadableFileException;

/** Reads one override. Used once. */
public final class OverrideReader {
    private static final String LAYER = "override";
    private static final String ID = "id";
    private static final List<String> REQUIRED = List.of(ID, "key", "value", "author", "reason");
    private static final String EXPIRY = "expiry";
    private static final Set<String> KEYS = Set.of(ID, "key", "value", "author", "reason", EXPIRY);

    private final Place place;
    private final Node node;
    private final List<Problem> wrong = new ArrayList<>();

    private OverrideReader(Place place, Node node) {
        this.place = place;
        this.node = node;
    }

    /**
     * Reads one file of overrides; notes and what editors leave behind are none.
     *
     * @param path      for people
     * @param overrides takes what can be read
     * @param problems  takes what is wrong
     */
    public static void read(String path, byte[] bytes, List<RuntimeOverride> overrides, List<Problem> problems) {
        Place place = new Place(path, LAYER, null, Format.CFG_JSON, false);
        if (Leftovers.isOne(path)) {
            return;
        }
        if (!path.endsWith(Format.JSON.extension())) {
            problems.add(Problem.warning(
                            "file.format",
                            "the file is not read: its name has no ending that is known (allowed: NAME.json)")
                    .at(place.at(0, 0))
                    .build());
            return;
        }
        try {
            Node root = JsonReader.read(place, TextFile.text(place, bytes));
            List<Node> nodes = new ArrayList<>();
            if (root instanceof Sequence sequence) {
                nodes.addAll(sequence.items());
            } else if (root != null) {
                nodes.add(root);
            }
            nodes.forEach(node -> new OverrideReader(place, node).read(problems).ifPresent(overrides::add));
        } catch (UnreadableFileException e) {
            problems.add(e.problem());
        }
    }

    private Optional<RuntimeOverride> read(List<Problem> problems) {
        if (!(node instanceof Mapping mapping)) {
            report("an override is an object (allowed: id, key, value, author, reason, expiry)");
            problems.addAll(wrong);
            return Optional.empty();
        }
        Map<String, ConfigValue> fields = new BlockReader(place, null, wrong)
                .read(mapping, place.at(0, 0))
                .values();
        boolean several = wrong.stream()
                .anyMatch(problem -> ID.equalsIgnoreCase(problem.key().orElse("")));
        REQUIRED.stream().filter(key -> !fields.containsKey(key)).forEach(key -> report(key + " is missing"));
        fields.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key ->
                        report(key + " is no key of an override (allowed: id, key, value, author, reason, expiry)"));
        Optional<Instant> expiry = Optional.ofNullable(fields.get(EXPIRY)).map(this::instant);
        Optional<ConfigId> id = Optional.ofNullable(fields.get(ID)).map(this::id);
        if (!wrong.isEmpty() || id.isEmpty()) {
            ConfigId named = several ? null : id.orElse(null);
            wrong.forEach(problem -> problems.add(of(named, problem)));
            return Optional.empty();
        }
        String author = text(fields, "author");
        String reason = text(fields, "reason");
        String until = expiry.map(end -> ", until " + end).orElse("");
        Origin origin =
                new Origin(LAYER + " by " + author + ": " + reason + until, place.path(), node.line(), node.column());
        return Optional.of(new RuntimeOverride(
                id.get(), text(fields, "key"), fields.get("value").raw(), author, reason, expiry, origin));
    }

    private static Problem of(ConfigId id, Problem problem) {
        return Problem.error(problem.code(), problem.message())
                .id(id)
                .key(problem.key().orElse(null))
                .at(problem.origin().orElse(null))
                .fixes(problem.fixes())
                .build();
    }

    private static String text(Map<String, ConfigValue> fields, String key) {
        return fields.get(key).raw().toString();
    }

    private Instant instant(ConfigValue value) {
        try {
            return Instant.parse(value.raw().toString());
        } catch (DateTimeException e) {
            report("expiry is no instant (allowed: for example 2027-01-31T18:00:00Z)");
            return null;
        }
    }

    private ConfigId id(ConfigValue value) {
        try {
            return ConfigId.parse(value.raw().toString());
        } catch (IllegalArgumentException e) {
            report("id: " + e.getMessage());
            return null;
        }
    }

    private void report(String message) {
        wrong.add(place.error("override.field", message, node.line(), node.column()));
    }
}
