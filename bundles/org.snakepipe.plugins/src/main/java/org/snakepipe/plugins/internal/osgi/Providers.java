// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;

/** Capabilities, found by what they are named. Not thread-safe. */
final class Providers {
    private static final Pattern NAME = Pattern.compile("\\((osgi\\.[a-z.]+)=([^)*]+)\\)");

    private final Map<String, List<Capability>> byName = new HashMap<>();
    private final Map<String, Filter> filters = new HashMap<>();

    void add(Capability capability) {
        String namespace = capability.getNamespace();
        byName.computeIfAbsent(namespace, key -> new ArrayList<>()).add(capability);
        Object value = capability.getAttributes().get(namespace);
        for (Object name : value instanceof Collection<?> names ? names : Collections.singleton(value)) {
            if (name != null) {
                byName.computeIfAbsent(namespace + " " + name, key -> new ArrayList<>())
                        .add(capability);
            }
        }
    }

    /** All with a name, whatever else they are. */
    List<Capability> named(String namespace, String name) {
        return byName.getOrDefault(namespace + " " + name, List.of());
    }

    /** Those that meet a requirement. */
    List<Capability> of(Requirement requirement) {
        List<Capability> found = new ArrayList<>();
        for (Capability capability : near(requirement)) {
            if (meets(capability, requirement)) {
                found.add(capability);
            }
        }
        return found;
    }

    /** Those among which they are: a filter that asks for one name needs not be tried on all. */
    private List<Capability> near(Requirement requirement) {
        String filter = filter(requirement);
        Matcher name = NAME.matcher(filter);
        return name.find() && name.group(1).equals(requirement.getNamespace()) && !filter.contains("(|")
                ? named(name.group(1), name.group(2))
                : byName.getOrDefault(requirement.getNamespace(), List.of());
    }

    boolean meets(Capability capability, Requirement requirement) {
        String filter = filter(requirement);
        return capability.getNamespace().equals(requirement.getNamespace())
                && (filter.isEmpty()
                        || filters.computeIfAbsent(filter, Providers::parsed).matches(capability.getAttributes()))
                && namesWhatIsMandatory(capability, filter);
    }

    private static boolean namesWhatIsMandatory(Capability capability, String filter) {
        String mandatory = capability.getDirectives().get(Constants.MANDATORY_DIRECTIVE);
        return mandatory == null
                || List.of(mandatory.split(",")).stream().allMatch(name -> filter.contains("(" + name.trim() + "="));
    }

    private static String filter(Requirement requirement) {
        return requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    }

    private static Filter parsed(String filter) {
        try {
            return FrameworkUtil.createFilter(filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("'" + filter + "' is no filter: " + e.getMessage(), e);
        }
    }
}
