// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.validation.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.ConfigValue;
import org.snakepipe.api.config.Deferred;
import org.snakepipe.api.config.Fix;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.api.config.Suggestions;
import org.snakepipe.environment.Resolution;
import org.snakepipe.validation.compare.Contract.Differ;
import org.snakepipe.validation.compare.Contract.EveryKey;
import org.snakepipe.validation.compare.Contract.Name;
import org.snakepipe.validation.compare.Contract.Subject;
import org.snakepipe.validation.compare.Finding.Kind;
import org.snakepipe.validation.compare.Gaps.Gap;

/** Compares environments with contracts. */
final class ContractCheck {
    private final Directory directory;
    private final List<Finding> findings;

    /** Begins. @param findings takes what is found */
    ContractCheck(Directory directory, List<Finding> findings) {
        this.directory = directory;
        this.findings = findings;
    }

    void check(Contract contract) {
        List<Resolution> environments = resolutions(contract.environments());
        if (contract instanceof EveryKey every) {
            every(every, environments);
        } else if (contract instanceof Differ differ) {
            differ.keys().forEach(key -> differ(differ, environments, key));
        }
    }

    /** Those that are there; one whose ancestors cannot be told has its own error. */
    private List<Resolution> resolutions(List<Name> names) {
        List<Resolution> resolutions = new ArrayList<>();
        for (Name name : names) {
            if (directory.names().contains(name.text())) {
                directory.get(name.text()).ifPresent(resolutions::add);
            } else {
                unknown(name.origin(), "there is no environment " + name.text(), name.text(), directory.names());
            }
        }
        return resolutions;
    }

    private void every(EveryKey every, List<Resolution> environments) {
        List<Resolution> others = resolutions(every.others());
        every.except().forEach(subject -> isKnown(subject, others));
        for (Resolution environment : environments) {
            for (Resolution other : others) {
                for (Gap gap : Gaps.between(directory, other, environment)) {
                    if (every.except().stream().noneMatch(subject -> excepts(subject, gap))) {
                        missing(every, environment, other, gap);
                    }
                }
            }
        }
    }

    private static boolean excepts(Subject subject, Gap gap) {
        return subject.id().equals(gap.id())
                && (subject.key().isEmpty() || subject.key().equals(gap.key()));
    }

    private void missing(EveryKey every, Resolution environment, Resolution other, Gap gap) {
        String message = name(environment) + " has no " + gap + ", and " + name(other) + " has it"
                + gap.place().map(place -> " (" + place + ")").orElse("")
                + gap.unset().map(place -> "; " + place + " unsets it").orElse("");
        List<Origin> related = new ArrayList<>();
        gap.place().ifPresent(related::add);
        gap.unset().ifPresent(related::add);
        broken(every.origin(), message, gap.id(), gap.key(), related);
    }

    private void differ(Differ differ, List<Resolution> environments, Subject subject) {
        if (!isKnown(subject, environments)) {
            return;
        }
        Map<Object, List<Resolution>> byValue = new LinkedHashMap<>();
        for (Resolution environment : environments) {
            ConfigValue value = value(environment, subject);
            // What only the target machine knows cannot be compared here.
            if (value != null && !(value.raw() instanceof Deferred deferred && !deferred.secret())) {
                byValue.computeIfAbsent(text(value.raw()), absent -> new ArrayList<>())
                        .add(environment);
            }
        }
        byValue.values().stream().filter(same -> same.size() > 1).forEach(same -> {
            List<Origin> places = same.stream()
                    .map(environment -> value(environment, subject).origin())
                    .distinct()
                    .toList();
            String message = subject + " is the same in "
                    + String.join(", ", same.stream().map(ContractCheck::name).toList()) + " ("
                    + String.join(", ", places.stream().map(Origin::toString).toList()) + ")";
            broken(differ.origin(), message, subject.id(), subject.key(), places);
        });
    }

    private static ConfigValue value(Resolution environment, Subject subject) {
        Map<String, ConfigValue> values = environment.values().get(subject.id());
        return values == null ? null : values.get(subject.key().orElse(""));
    }

    /** A number is the same as its text; a secret that is a word is not the same as the text. */
    private static Object text(Object raw) {
        return raw instanceof List<?> || raw instanceof Deferred ? raw : raw.toString();
    }

    /** Tells whether any of the environments has it; otherwise the contract says nothing. */
    private boolean isKnown(Subject subject, List<Resolution> environments) {
        Set<String> ids = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        for (Resolution environment : environments) {
            environment.values().forEach((id, values) -> {
                ids.add(id.toString());
                if (id.equals(subject.id())) {
                    values.keySet().forEach(key -> keys.add(id + " " + key));
                }
            });
        }
        String id = subject.id().toString();
        boolean noId = !ids.contains(id);
        if (environments.isEmpty() || !noId && (subject.key().isEmpty() || keys.contains(subject.toString()))) {
            return !environments.isEmpty();
        }
        String names = String.join(
                ", ", environments.stream().map(ContractCheck::name).distinct().toList());
        if (noId) {
            unknown(subject.origin(), "there is no " + id + " in " + names, id, ids);
        } else {
            unknown(subject.origin(), "there is no " + subject + " in " + names, subject.toString(), keys);
        }
        return false;
    }

    private void unknown(Origin at, String message, String found, Set<String> known) {
        Problem problem = Problem.error("contract.unknown", message)
                .at(at)
                .fixes(Suggestions.nearest(found, known).stream()
                        .map(Fix::replace)
                        .toList())
                .build();
        findings.add(Finding.of(Kind.CONTRACT, problem, List.of()));
    }

    private void broken(Origin at, String message, ConfigId id, Optional<String> key, List<Origin> related) {
        Problem problem = Problem.error("contract.broken", message)
                .id(id)
                .key(key.orElse(null))
                .at(at)
                .build();
        findings.add(Finding.of(Kind.CONTRACT, problem, related));
    }

    private static String name(Resolution environment) {
        return environment.environment().name();
    }
}
