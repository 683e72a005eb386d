// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.snakepipe.plugins.internal.RequirementText;

/**
 * Says in plain words why bundles do not resolve: everything that is missing, not the first alone, and down the chain. The
 * framework names only the first requirement, of the first bundle.
 */
final class Diagnosis {
    private final Collection<Bundle> bundles;
    private final Function<Bundle, String> names;

    /**
     * For a set of bundles.
     *
     * @param bundles all that may provide or would, without those that leave
     * @param names   what people call a bundle
     */
    Diagnosis(Collection<Bundle> bundles, Function<Bundle, String> names) {
        this.bundles = bundles;
        this.names = names;
    }

    /** Why it does not resolve, as in {@code needs package p.lib [2.0.0,3.0.0); 1.9.0 is exported by p.lib 1.9.0}. */
    String why(Bundle bundle) {
        return sentence(bundle, why(bundle, new HashSet<>()));
    }

    /** The same without asking the framework: empty when everything is there, be it that it does not fit together. */
    String missing(Bundle bundle) {
        return String.join("; it ", why(bundle, new HashSet<>()));
    }

    private static String sentence(Bundle bundle, Set<String> missing) {
        return missing.isEmpty() ? misfit(bundle) : String.join("; it ", missing);
    }

    private Set<String> why(Bundle bundle, Set<Bundle> visited) {
        Set<String> sentences = new LinkedHashSet<>();
        visited.add(bundle);
        for (BundleRequirement requirement : requirements(bundle)) {
            if (isMandatory(requirement) && providers(requirement).findAny().isEmpty()) {
                String missing = missing(requirement, visited);
                if (!missing.isEmpty()) {
                    sentences.add(missing);
                }
            }
        }
        return sentences;
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().getOrDefault(Constants.RESOLUTION_DIRECTIVE, "mandatory");
        String effective = requirement.getDirectives().getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve");
        return resolution.equals("mandatory") && effective.equals("resolve");
    }

    /** What is there and would do. A bundle may be its own provider. */
    private Stream<BundleCapability> providers(BundleRequirement requirement) {
        return Stream.concat(
                        resolved(requirement.getNamespace()),
                        declared(requirement.getRevision().getBundle(), requirement.getNamespace()))
                .filter(requirement::matches);
    }

    private Stream<BundleCapability> resolved(String namespace) {
        return bundles.stream()
                .map(bundle -> bundle.adapt(BundleWiring.class))
                .filter(Objects::nonNull)
                .flatMap(wiring -> wiring.getCapabilities(namespace).stream());
    }

    /** Nothing when the bundle was uninstalled meanwhile. */
    private static List<BundleRequirement> requirements(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null ? List.of() : revision.getDeclaredRequirements(null);
    }

    private static Stream<BundleCapability> declared(Bundle bundle, String namespace) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null ? Stream.empty() : revision.getDeclaredCapabilities(namespace).stream();
    }

    /** Empty when the requirement leads back to where the question came from. */
    private String missing(BundleRequirement requirement, Set<Bundle> visited) {
        List<Bundle> unresolved = bundles.stream()
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .filter(bundle -> declared(bundle, requirement.getNamespace()).anyMatch(requirement::matches))
                .toList();
        for (Bundle provider : unresolved) {
            if (visited.contains(provider)) {
                return "";
            }
            return "needs " + names.apply(provider) + ", which " + sentence(provider, why(provider, visited));
        }
        RequirementText text = new RequirementText(
                requirement.getNamespace(), requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, ""));
        List<String> near = near(requirement.getNamespace(), text);
        return "needs " + text + "; " + (near.isEmpty() ? text.instead() : String.join("; ", near));
    }

    /** What has the name that is asked for and does not do. */
    private List<String> near(String namespace, RequirementText text) {
        List<String> near = new ArrayList<>();
        if (!text.name().isEmpty() && !namespace.equals("osgi.ee")) {
            resolved(namespace)
                    .filter(capability ->
                            text.name().equals(capability.getAttributes().get(namespace)))
                    .map(capability -> capability.getAttributes().get(text.versionAttribute()) + " is exported by "
                            + names.apply(capability.getRevision().getBundle()))
                    .distinct()
                    .forEach(near::add);
        }
        return near;
    }

    /**
     * Everything is there, but not together: only the framework knows why. Asking for a class makes it try again and say so;
     * unlike starting it runs no code of the bundle.
     */
    private static String misfit(Bundle bundle) {
        String reason;
        try {
            bundle.loadClass("none");
            reason = "it resolves now";
        } catch (ClassNotFoundException e) {
            Throwable told = e.getCause() == null ? e : e.getCause();
            reason = String.valueOf(told.getMessage()).replaceAll("\\s+", " ");
        }
        return "does not fit together with what is there: " + reason;
    }
}
