// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment.internal.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.snakepipe.environment.internal.source.Place;
import org.snakepipe.environment.internal.source.TextFile;
import org.snakepipe.environment.internal.source.UnreadableFileException;

/** Reads one file of overrides. */
public final class OverrideReader {
    private static final String LAYER = "override";
    private static final List<String> REQUIRED = List.of("id", "key", "value", "author", "reason");
    private static final String EXPIRY = "expiry";
    private static final Set<String> KEYS = Set.of("id", "key", "value", "author", "reason", EXPIRY);

    private final Place place;
    private final List<Problem> problems;

    private OverrideReader(Place place, List<Problem> problems) {
        this.place = place;
        this.problems = problems;
    }

    /**
     * Reads.
     *
     * @param path      for people
     * @param overrides takes what can be read
     * @param problems  takes what is wrong
     */
    public static void read(String path, byte[] bytes, List<RuntimeOverride> overrides, List<Problem> problems) {
        Place place = new Place(path, LAYER, null, Format.CFG_JSON, false);
        try {
            Node root = JsonReader.read(place, TextFile.text(place, bytes));
            List<Node> nodes = new ArrayList<>();
            if (root instanceof Sequence sequence) {
                nodes.addAll(sequence.items());
            } else if (root != null) {
                nodes.add(root);
            }
            OverrideReader reader = new OverrideReader(place, problems);
            nodes.forEach(node -> reader.one(node).ifPresent(overrides::add));
        } catch (UnreadableFileException e) {
            problems.add(e.problem());
        }
    }

    private Optional<RuntimeOverride> one(Node node) {
        int before = problems.size();
        if (!(node instanceof Mapping mapping)) {
            report("an override is an object (allowed: id, key, value, author, reason, expiry)", node);
            return Optional.empty();
        }
        Map<String, ConfigValue> fields = new HashMap<>(new BlockReader(place, null, problems)
                .read(mapping, place.at(0, 0))
                .values());
        REQUIRED.stream().filter(key -> !fields.containsKey(key)).forEach(key -> report(key + " is missing", node));
        fields.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key -> report(
                        key + " is no key of an override (allowed: id, key, value, author, reason, expiry)", node));
        Optional<Instant> expiry = Optional.ofNullable(fields.get(EXPIRY)).map(value -> instant(value, node));
        Optional<ConfigId> id = Optional.ofNullable(fields.get("id")).map(value -> id(value, node));
        if (problems.size() > before || id.isEmpty()) {
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

    private static String text(Map<String, ConfigValue> fields, String key) {
        return fields.get(key).raw().toString();
    }

    private Instant instant(ConfigValue value, Node node) {
        try {
            return Instant.parse(value.raw().toString());
        } catch (DateTimeException e) {
            report("expiry is no instant (allowed: for example 2027-01-31T18:00:00Z)", node);
            return null;
        }
    }

    private ConfigId id(ConfigValue value, Node node) {
        try {
            return ConfigId.parse(value.raw().toString());
        } catch (IllegalArgumentException e) {
            report("id: " + e.getMessage(), node);
            return null;
        }
    }

    private void report(String message, Node node) {
        problems.add(place.error("override.field", message, node.line(), node.column()));
    }
}
