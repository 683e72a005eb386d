// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.environment.Overrides;

/** Makes overrides of what somebody else has written, so that the files and what runs agree. Used by one thread. */
final class Adoption {
    private static final String AUTHOR = "drift";
    /** Is the same as no value that somebody writes. */
    private static final Object ADOPTED = new Object();

    private final Attempt attempt;
    private final Rollout rollout;
    private final Commands commands;

    Adoption(Attempt attempt, Rollout rollout, Commands commands) {
        this.attempt = attempt;
        this.rollout = rollout;
        this.commands = commands;
    }

    /**
     * Adopts a configuration: its keys that are not what the files say become overrides, together with those that were adopted
     * before. What was taken away becomes unset.
     *
     * @param now what is written
     * @return why it is not adopted, for people, to go on behind its id; blank when there is nothing that files could say
     */
    Optional<String> adopt(ConfigId id, Map<String, Object> now) throws InterruptedException {
        String path = Disk.prefix(ChangeSet.Root.OVERRIDES) + "drift-" + id + ".json";
        Set<String> keys = new TreeSet<>();
        try {
            Map<String, Object> said = said(id, path);
            keys.addAll(different(said, now));
            Optional<String> text =
                    keys.isEmpty() ? Optional.empty() : Optional.of(JSON.std.asString(overrides(id, keys, now)));
            if (text.equals(lying(path))) {
                return Optional.of("");
            }
            // Also where it comes to what is in force already: it may be the same in another type.
            attempt.doubt(id);
            ReloadResult result = commands.change(Map.of(path, text), Map.of(), ApplyOptions.by(AUTHOR), Permit.GRANTED)
                    .orElseThrow();
            return Commands.isDone(result) ? Optional.empty() : Optional.of(refusal(keys, why(result)));
        } catch (PluginRejected | IOException e) {
            return Optional.of(refusal(keys, e.getMessage()));
        }
    }

    private static String refusal(Set<String> keys, String why) {
        return "(" + String.join(", ", keys) + "), which cannot be adopted: " + why;
    }

    private static String why(ReloadResult result) {
        return Problems.errors(result.problems()).stream().map(Problem::message).collect(Collectors.joining("; "));
    }

    private Optional<String> lying(String path) {
        return Optional.ofNullable(rollout.current().files().get(path))
                .map(content -> new String(content.bytes(), StandardCharsets.UTF_8));
    }

    /** What the files say of a configuration without what was adopted before. */
    private Map<String, Object> said(ConfigId id, String path) throws PluginRejected, InterruptedException {
        Generation current = rollout.current();
        Map<String, Object> inForce = current.draft().typed().get(id);
        FileContent before = current.files().get(path);
        if (before == null) {
            return inForce;
        }
        Map<String, FileContent> files = new TreeMap<>(current.files());
        files.remove(path);
        Proposal proposal = rollout.proposer().exactly(current, Occasion.of("adopt"), files, current.plugins());
        proposal.bundles().undo();
        Map<String, Object> said = proposal.verdict().draft().typed().get(id);
        if (said != null) {
            return said;
        }
        // They are not right without it: all of it is needed still.
        Map<String, Object> rest = new TreeMap<>(inForce);
        Overrides.parse(Map.of(path, before.bytes())).list().stream()
                .filter(override -> override.id().equals(id))
                .forEach(override -> rest.put(override.key(), ADOPTED));
        return rest;
    }

    private static Set<String> different(Map<String, Object> said, Map<String, Object> now) {
        Set<String> keys = new TreeSet<>(said.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> Delivery.isAdded(key) || Objects.deepEquals(said.get(key), now.get(key)));
        return keys;
    }

    private static List<Map<String, Object>> overrides(ConfigId id, Set<String> keys, Map<String, Object> now) {
        List<Map<String, Object>> overrides = new ArrayList<>();
        for (String key : keys) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", id.toString());
            one.put("key", key);
            one.put("value", now.getOrDefault(key, "$[unset]"));
            one.put("author", AUTHOR);
            one.put("reason", "written by somebody else than the rollout, and adopted");
            overrides.add(one);
        }
        return overrides;
    }
}
