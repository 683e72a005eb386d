// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.reference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Problem;
import org.snakepipe.schema.Attribute;
import org.snakepipe.schema.Constraints.Reference;
import org.snakepipe.schema.References;
import org.snakepipe.schema.Schema;

/** Looks at each reference of a candidate once. Used by one thread. */
public final class ReferenceSearch {
    private final Map<ConfigId, Map<String, ConfigValue>> values;
    private final Map<String, Schema> schemas;
    private final NearIds near;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<ConfigId, String> waiting = new TreeMap<>();
    private final Map<ConfigId, Set<ConfigId>> named = new TreeMap<>();
    private final Map<ConfigId, List<ConfigId>> namedBy = new HashMap<>();

    /** For a candidate. */
    public ReferenceSearch(Map<ConfigId, Map<String, ConfigValue>> values, Map<String, Schema> schemas) {
        this.values = values;
        this.schemas = schemas;
        near = new NearIds(values.keySet());
    }

    /** All that was found. To be called once. */
    public References references() {
        values.forEach((id, keys) -> {
            Schema schema = schemas.get(id.pid());
            if (schema == null) {
                waiting.put(id, "no plugin knows " + id.pid() + " yet");
            } else {
                schema.references().forEach(attribute -> check(id, attribute, keys.get(attribute.key())));
            }
        });
        spread();
        return new References(problems, waiting, named);
    }

    private void check(ConfigId id, Attribute attribute, ConfigValue value) {
        NamedTexts texts = NamedTexts.of(attribute, value);
        Reference reference = attribute.constraints().reference().orElseThrow();
        for (int index = 0; index < texts.size(); index++) {
            String text = texts.get(index);
            if (!text.isEmpty() && !reference.words().contains(text)) {
                new One(id, attribute, reference, value, texts, index).check();
            }
        }
    }

    /** Who names one that waits, waits too. */
    private void spread() {
        Deque<ConfigId> found = new ArrayDeque<>(waiting.keySet());
        while (!found.isEmpty()) {
            ConfigId target = found.remove();
            for (ConfigId id : namedBy.getOrDefault(target, List.of())) {
                if (waiting.putIfAbsent(id, "it names " + target + ", which waits") == null) {
                    found.add(id);
                }
            }
        }
    }

    /** One text that names a configuration. */
    private final class One {
        private final ConfigId id;
        private final Attribute attribute;
        private final Reference reference;
        private final ConfigValue value;
        private final NamedTexts texts;
        private final int index;

        One(ConfigId id, Attribute attribute, Reference reference, ConfigValue value, NamedTexts texts, int index) {
            this.id = id;
            this.attribute = attribute;
            this.reference = reference;
            this.value = value;
            this.texts = texts;
            this.index = index;
        }

        void check() {
            ConfigId target = parsed();
            if (target == null) {
                error("ref.syntax", "is not the id of a configuration");
            } else if (!reference.allows(target.pid())) {
                error("ref.family", "names a configuration of " + target.pid() + ", which has no place there");
            } else if (!values.containsKey(target)) {
                error("ref.unknown", "names a configuration that is not there");
            } else {
                remember(target);
            }
        }

        private ConfigId parsed() {
            try {
                return ConfigId.parse(texts.get(index));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private void remember(ConfigId target) {
            if (named.computeIfAbsent(id, one -> new TreeSet<>()).add(target)) {
                namedBy.computeIfAbsent(target, one -> new ArrayList<>()).add(id);
            }
            if (!schemas.containsKey(target.pid())) {
                problems.add(at(Problem.warning(
                        "ref.waiting", subject() + " waits: no plugin knows " + target.pid() + " yet")));
            }
        }

        private void error(String code, String what) {
            String allowed = " (allowed: " + allowed() + ")";
            Set<String> others = new HashSet<>();
            for (int other = 0; other < texts.size(); other++) {
                others.add(texts.get(other));
            }
            List<Fix> fixes = near.to(texts.get(index), reference).stream()
                    .filter(meant -> !others.contains(meant))
                    .map(meant -> Fix.replace(texts.with(index, meant)))
                    .toList();
            problems.add(
                    at(Problem.error(code, subject() + " " + what + allowed).fixes(fixes)));
        }

        private String subject() {
            String key = texts.isList() ? attribute.key() + ", element " + (index + 1) : attribute.key();
            return key + " = " + (attribute.isSecret() ? "<set>" : texts.get(index));
        }

        private String allowed() {
            List<String> parts = new ArrayList<>(reference.words());
            for (String family : reference.families()) {
                parts.add("the id of a configuration of " + family + (family.endsWith(".") ? "*" : ""));
            }
            return String.join(", ", parts);
        }

        private Problem at(Problem.Builder problem) {
            problem.id(id).key(attribute.key());
            if (value != null) {
                problem.at(value.origin());
            }
            return problem.build();
        }
    }
}
