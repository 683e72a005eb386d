// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolveContext;

/** What is there, what might come, and what is asked for. For one question at a time. */
final class WhatIfContext extends ResolveContext {
    private final Map<Resource, Wiring> wirings = new HashMap<>();
    private final Map<Resource, String> names = new HashMap<>();
    private final Providers providers = new Providers();
    private List<Resource> wanted = List.of();
    private Set<Resource> offered = Set.of();

    /** What a fragment gives its host. */
    private record Hosted(Resource getResource, Capability getDeclaredCapability) implements HostedCapability {
        @Override
        public String getNamespace() {
            return getDeclaredCapability.getNamespace();
        }

        @Override
        public Map<String, String> getDirectives() {
            return getDeclaredCapability.getDirectives();
        }

        @Override
        public Map<String, Object> getAttributes() {
            return getDeclaredCapability.getAttributes();
        }
    }

    /** What is installed: it is wired, or could be. */
    void add(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (wiring == null) {
            if (revision != null) {
                add(revision, name(bundle));
            }
            return;
        }
        Resource resource = wiring.getRevision();
        wirings.put(resource, wiring);
        names.put(resource, name(bundle));
        for (Capability one : wiring.getResourceCapabilities(null)) {
            providers.add(one.getResource().equals(resource) ? one : new Hosted(resource, one));
        }
    }

    static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    /** What might come. */
    void add(Resource resource, String name) {
        names.put(resource, name);
        resource.getCapabilities(null).forEach(providers::add);
    }

    /** What is asked for, and what may come along. */
    void ask(List<Resource> roots, Collection<? extends Resource> along) {
        wanted = List.copyOf(roots);
        offered = new HashSet<>(along);
        offered.addAll(roots);
    }

    String name(Resource resource) {
        return names.getOrDefault(resource, resource.toString());
    }

    boolean isThere(Resource resource) {
        return wirings.containsKey(resource);
    }

    Providers providers() {
        return providers;
    }

    @Override
    public Collection<Resource> getMandatoryResources() {
        return wanted;
    }

    @Override
    public List<Capability> findProviders(Requirement requirement) {
        List<Capability> found = providers.of(requirement);
        found.removeIf(one -> !isThere(one.getResource()) && !offered.contains(one.getResource()));
        found.sort(this::order);
        return found;
    }

    /** As the framework does: what is wired first, then the higher version. */
    private int order(Capability one, Capability other) {
        int there = Boolean.compare(isThere(other.getResource()), isThere(one.getResource()));
        return there != 0 ? there : version(other).compareTo(version(one));
    }

    static Version version(Capability capability) {
        Object version = capability.getAttributes().get(Constants.VERSION_ATTRIBUTE);
        if (version == null) {
            version = capability.getAttributes().get(Constants.BUNDLE_VERSION_ATTRIBUTE);
        }
        return version instanceof Version one ? one : Version.emptyVersion;
    }

    @Override
    public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
        int at = 0;
        while (at < capabilities.size() && order(capabilities.get(at), hosted) <= 0) {
            at++;
        }
        capabilities.add(at, hosted);
        return at;
    }

    @Override
    public boolean isEffective(Requirement requirement) {
        return requirement
                .getDirectives()
                .getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE)
                .equals(Constants.EFFECTIVE_RESOLVE);
    }

    @Override
    public Map<Resource, Wiring> getWirings() {
        return wirings;
    }
}
