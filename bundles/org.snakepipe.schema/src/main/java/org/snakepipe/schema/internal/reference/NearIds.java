// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema.internal.reference;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Vocabulary;
import org.snakepipe.schema.Constraints.Reference;

/** Finds which configured id was probably meant. Used by one thread. */
final class NearIds {
    private static final int MOST = 3;

    private final Set<ConfigId> ids;
    private final Map<List<String>, Vocabulary> byFamilies = new HashMap<>();

    NearIds(Set<ConfigId> ids) {
        this.ids = ids;
    }

    /** At most three ids that may be named there: those with that very name first, then those that are close. */
    List<String> to(String text, Reference reference) {
        String name = text.substring(text.lastIndexOf('~') + 1);
        Set<String> found = new LinkedHashSet<>();
        ids.stream()
                .filter(id -> reference.allows(id.pid()) && id.name().equalsIgnoreCase(name))
                .map(ConfigId::toString)
                .sorted()
                .forEach(found::add);
        found.addAll(byFamilies
                .computeIfAbsent(reference.families(), families -> vocabulary(reference))
                .nearest(text));
        reference.words().stream().filter(text::equalsIgnoreCase).forEach(found::add);
        return found.stream().limit(MOST).toList();
    }

    private Vocabulary vocabulary(Reference reference) {
        return Vocabulary.of(ids.stream()
                .filter(id -> reference.allows(id.pid()))
                .map(ConfigId::toString)
                .toList());
    }
}
