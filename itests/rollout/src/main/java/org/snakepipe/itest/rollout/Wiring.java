// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.itest.rollout;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Which bundles are there at one moment, in which state, and who is wired to whom. Immutable.
 *
 * @param lines one for each bundle and wire; a bundle that was resolved anew has another one
 */
record Wiring(Set<String> lines) {
    /**
     * Of all bundles but some.
     *
     * @param but symbolic names of those that do not matter
     */
    static Wiring of(BundleContext context, String... but) {
        Set<String> lines = new TreeSet<>();
        for (Bundle bundle : context.getBundles()) {
            if (List.of(but).contains(bundle.getSymbolicName())) {
                continue;
            }
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            lines.add(bundle + " at " + bundle.getLocation() + " in state " + bundle.getState() + ", wiring "
                    + (wiring == null ? "none" : Integer.toHexString(System.identityHashCode(wiring))));
            for (BundleWire wire : wiring == null ? List.<BundleWire>of() : wiring.getRequiredWires(null)) {
                String namespace = wire.getCapability().getNamespace();
                lines.add(bundle + " takes " + namespace + " "
                        + wire.getCapability().getAttributes().get(namespace) + " from "
                        + wire.getProvider().getBundle());
            }
        }
        return new Wiring(lines);
    }

    /** What is different. */
    Set<String> differences(Wiring other) {
        Set<String> different = new TreeSet<>();
        lines.stream().filter(line -> !other.lines.contains(line)).forEach(line -> different.add("now " + line));
        other.lines.stream().filter(line -> !lines.contains(line)).forEach(line -> different.add("before " + line));
        return different;
    }
}
