// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Constants;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.service.resolver.ResolutionException;
import org.osgi.service.resolver.Resolver;
import org.snakepipe.plugins.internal.RequirementText;

/** Asks the resolver of the framework what would resolve, without installing it. For one question at a time. */
final class WhatIf {
    private final Resolver resolver;
    private final WhatIfContext context;

    WhatIf(Resolver resolver, WhatIfContext context) {
        this.resolver = resolver;
        this.context = context;
    }

    /**
     * What the resolver says.
     *
     * @param brings what would come along
     * @param why    sentences, when it does not resolve; empty when it does
     */
    record Answer(List<Resource> brings, List<String> why) {
        boolean fits() {
            return why.isEmpty();
        }
    }

    /**
     * Would they resolve together?
     *
     * @param roots   what is asked about
     * @param offered what may come along
     */
    Answer ask(List<Resource> roots, Collection<? extends Resource> offered) {
        context.ask(roots, offered);
        try {
            List<Resource> brings = new ArrayList<>(resolver.resolve(context).keySet());
            brings.removeIf(one -> context.isThere(one) || roots.contains(one));
            return new Answer(brings, List.of());
        } catch (ResolutionException e) {
            return new Answer(List.of(), List.copyOf(why(e, roots, offered, new HashSet<>())));
        }
    }

    /** The resolver names the first requirement of the first one alone: here is all that nobody meets, down the chain. */
    private Set<String> why(
            ResolutionException refused,
            List<Resource> roots,
            Collection<? extends Resource> offered,
            Set<Resource> visited) {
        Set<String> sentences = new LinkedHashSet<>();
        visited.addAll(roots);
        for (Resource root : roots) {
            for (Requirement requirement : root.getRequirements(null)) {
                if (isMandatory(requirement)
                        && context.findProviders(requirement).isEmpty()) {
                    sentences.add(context.name(root) + " " + missing(requirement));
                }
            }
        }
        if (sentences.isEmpty()) {
            for (Resource root : roots) {
                down(root, offered, visited, sentences);
            }
        }
        if (sentences.isEmpty()) {
            sentences.add(context.name(roots.get(0)) + " does not fit together with what is there: "
                    + String.valueOf(refused.getMessage()).replaceAll("\\s+", " "));
        }
        return sentences;
    }

    /** What a root needs is offered: why does that not resolve? */
    private void down(
            Resource root, Collection<? extends Resource> offered, Set<Resource> visited, Set<String> sentences) {
        for (Requirement requirement : root.getRequirements(null)) {
            if (!isMandatory(requirement)) {
                continue;
            }
            context.ask(List.of(root), offered);
            for (Capability provider : context.findProviders(requirement)) {
                Resource next = provider.getResource();
                if (context.isThere(next) || !visited.add(next)) {
                    continue;
                }
                context.ask(List.of(next), offered);
                try {
                    resolver.resolve(context);
                } catch (ResolutionException e) {
                    why(e, List.of(next), offered, visited)
                            .forEach(deeper -> sentences.add(
                                    context.name(root) + " needs " + context.name(next) + ", and " + deeper));
                }
            }
        }
    }

    private boolean isMandatory(Requirement requirement) {
        String resolution = requirement
                .getDirectives()
                .getOrDefault(Constants.RESOLUTION_DIRECTIVE, Constants.RESOLUTION_MANDATORY);
        return resolution.equals(Constants.RESOLUTION_MANDATORY) && context.isEffective(requirement);
    }

    private String missing(Requirement requirement) {
        String namespace = requirement.getNamespace();
        RequirementText text = new RequirementText(
                namespace, requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, ""));
        Set<String> near = new LinkedHashSet<>();
        if (!text.name().isEmpty() && !namespace.equals("osgi.ee")) {
            for (Capability capability : context.providers().named(namespace, text.name())) {
                near.add(near(capability, requirement));
            }
        }
        return "needs " + text + "; " + (near.isEmpty() ? text.instead() : String.join("; ", near));
    }

    private String near(Capability capability, Requirement requirement) {
        Resource provider = capability.getResource();
        String how = context.isThere(provider)
                ? " is exported by "
                : context.providers().meets(capability, requirement) ? " would come with " : " is in ";
        return WhatIfContext.version(capability) + how + context.name(provider);
    }
}
