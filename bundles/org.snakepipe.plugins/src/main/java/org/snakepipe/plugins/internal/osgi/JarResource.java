// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.List;
import java.util.Map;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.snakepipe.plugins.internal.FoundJar;

/** A jar that is not installed, as the resolver sees it. Immutable. */
final class JarResource implements Resource {
    private final FoundJar jar;
    private final List<Capability> capabilities;
    private final List<Requirement> requirements;

    /**
     * Of a jar.
     *
     * @throws IllegalArgumentException if a header is not well formed
     */
    JarResource(FoundJar jar) {
        this.jar = jar;
        JarHeaders headers = new JarHeaders(this, jar.wiring());
        capabilities = headers.capabilities();
        requirements = headers.requirements();
    }

    /** The jar, or that its headers are not what a framework takes: the other jars of a directory are none the worse for it. */
    static FoundJar checked(FoundJar jar) {
        try {
            if (jar.isUsable()) {
                new JarResource(jar);
            }
            return jar;
        } catch (IllegalArgumentException e) {
            return FoundJar.rejected(
                    jar.info().file(),
                    jar.info().digest(),
                    "has a manifest that cannot be read: " + e.getMessage() + "; build it again with bnd");
        }
    }

    FoundJar jar() {
        return jar;
    }

    @Override
    public List<Capability> getCapabilities(String namespace) {
        return capabilities.stream()
                .filter(one -> namespace == null || one.getNamespace().equals(namespace))
                .toList();
    }

    @Override
    public List<Requirement> getRequirements(String namespace) {
        return requirements.stream()
                .filter(one -> namespace == null || one.getNamespace().equals(namespace))
                .toList();
    }

    @Override
    public String toString() {
        return jar.info().file();
    }

    /** What it provides. */
    record Provided(
            Resource getResource,
            String getNamespace,
            Map<String, String> getDirectives,
            Map<String, Object> getAttributes)
            implements Capability {}

    /** What it needs. */
    record Needed(
            Resource getResource,
            String getNamespace,
            Map<String, String> getDirectives,
            Map<String, Object> getAttributes)
            implements Requirement {}
}
