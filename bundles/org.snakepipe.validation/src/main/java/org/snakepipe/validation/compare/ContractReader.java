// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.Document;
import org.snakepipe.environment.Document.Entry;
import org.snakepipe.environment.Document.Items;
import org.snakepipe.environment.Document.Keys;
import org.snakepipe.environment.Document.Text;
import org.snakepipe.validation.compare.Contract.Differ;
import org.snakepipe.validation.compare.Contract.EveryKey;
import org.snakepipe.validation.compare.Contract.Name;
import org.snakepipe.validation.compare.Contract.Subject;

/** Understands contracts, and says what it does not understand. Used once. */
final class ContractReader {
    private static final String ONE = "environment";
    private static final String SEVERAL = "environments";
    private static final String EVERY_KEY = "has every key of";
    private static final String EXCEPT = "except";
    private static final String DIFFER = "must differ";
    private static final List<String> ALL = List.of(ONE, SEVERAL, EVERY_KEY, EXCEPT, DIFFER);

    private final List<Contract> contracts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    List<Contract> contracts() {
        return contracts;
    }

    List<Problem> problems() {
        return problems;
    }

    void take(Document root) {
        if (!(root instanceof Items items)) {
            report(root.origin(), "the file holds no list (allowed: contracts, each begins with '- ')", List.of());
            return;
        }
        items.items().forEach(this::contract);
    }

    private void contract(Document item) {
        if (!(item instanceof Keys keys)) {
            report(item.origin(), "this is no contract (allowed: keys " + String.join(", ", ALL) + ")", List.of());
            return;
        }
        int before = problems.size();
        Map<String, Entry> entries = entries(keys);
        List<Name> environments = new ArrayList<>(names(entries.get(ONE)));
        environments.addAll(names(entries.get(SEVERAL)));
        List<Name> others = names(entries.get(EVERY_KEY));
        List<Subject> except = subjects(entries.get(EXCEPT));
        List<Subject> differ = subjects(entries.get(DIFFER));
        check(item.origin(), entries, environments, differ);
        if (problems.size() > before) {
            return;
        }
        if (entries.containsKey(EVERY_KEY)) {
            contracts.add(new EveryKey(entries.get(EVERY_KEY).origin(), environments, others, except));
        }
        if (entries.containsKey(DIFFER)) {
            contracts.add(new Differ(entries.get(DIFFER).origin(), environments, differ));
        }
    }

    private Map<String, Entry> entries(Keys keys) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Entry entry : keys.entries()) {
            if (!ALL.contains(entry.key())) {
                report(
                        entry.origin(),
                        "'" + entry.key() + "' is no key of a contract (allowed: " + String.join(", ", ALL) + ")",
                        Suggestions.nearest(entry.key(), ALL).stream()
                                .map(Fix::rename)
                                .toList());
            } else if (entries.put(entry.key(), entry) != null) {
                report(entry.origin(), entry.key() + " is there twice (allowed: once in a contract)", List.of());
            }
        }
        return entries;
    }

    private void check(Origin at, Map<String, Entry> entries, List<Name> environments, List<Subject> differ) {
        boolean named = entries.containsKey(ONE) || entries.containsKey(SEVERAL);
        if (!named) {
            report(at, "the contract names no environment; add 'environment: NAME'", List.of());
        }
        if (!entries.containsKey(EVERY_KEY) && !entries.containsKey(DIFFER)) {
            report(at, "the contract demands nothing (allowed: " + EVERY_KEY + ", " + DIFFER + ")", List.of());
        }
        if (entries.containsKey(EXCEPT) && !entries.containsKey(EVERY_KEY)) {
            report(
                    entries.get(EXCEPT).origin(),
                    EXCEPT + " excepts from nothing (allowed: beside " + EVERY_KEY + ")",
                    List.of());
        }
        if (entries.containsKey(DIFFER) && named && environments.size() == 1) {
            report(
                    entries.get(DIFFER).origin(),
                    "one environment cannot differ (allowed: " + SEVERAL + ": [NAME, NAME])",
                    List.of());
        }
        differ.stream()
                .filter(subject -> subject.key().isEmpty())
                .forEach(subject -> report(
                        subject.origin(),
                        "'" + subject + "' names no key (allowed: an id and a key, such as a.b~c url)",
                        List.of()));
    }

    private List<Name> names(Entry entry) {
        return texts(entry, text -> Optional.of(new Name(text.value(), text.origin())));
    }

    private List<Subject> subjects(Entry entry) {
        return texts(entry, this::subject);
    }

    private Optional<Subject> subject(Text text) {
        String[] words = text.value().strip().split("\\s+");
        try {
            if (words.length <= 2) {
                Optional<String> key = words.length == 2 ? Optional.of(words[1]) : Optional.empty();
                return Optional.of(new Subject(ConfigId.parse(words[0]), key, text.origin()));
            }
            report(
                    text.origin(),
                    "'" + text.value() + "' has more than an id and a key (allowed: ID, ID KEY)",
                    List.of());
        } catch (IllegalArgumentException e) {
            report(text.origin(), e.getMessage(), List.of());
        }
        return Optional.empty();
    }

    /** One text, or a list of texts; none where there is no entry. */
    private <T> List<T> texts(Entry entry, Function<Text, Optional<T>> reader) {
        List<T> found = new ArrayList<>();
        if (entry == null) {
            return found;
        }
        List<Document> parts = entry.value() instanceof Items items ? items.items() : List.of(entry.value());
        for (Document part : parts) {
            if (part instanceof Text text && !text.value().isBlank()) {
                reader.apply(text).ifPresent(found::add);
            } else {
                report(part.origin(), entry.key() + " holds no text (allowed: a text, or a list of texts)", List.of());
            }
        }
        if (parts.isEmpty() && !entry.key().equals(EXCEPT)) {
            report(entry.origin(), entry.key() + " is empty (allowed: one or more)", List.of());
        }
        return found;
    }

    private void report(Origin at, String message, List<Fix> fixes) {
        problems.add(
                Problem.error("contract.syntax", message).at(at).fixes(fixes).build());
    }
}
