// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.plugins.internal.osgi;

import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Lets bundles be resolved beside those that they replace. While it does: what leaves provides nothing to others (a bundle
 * imports the packages that it exports, and would take those of its predecessor), and what leaves and what arrives may both
 * be singletons of one name. For every other resolve there is no hook at all.
 */
final class ReplacementHook implements ResolverHookFactory {
    private volatile Replacement current;

    /** Who leaves and who arrives, resolved by which thread. */
    private record Replacement(Thread thread, Set<Bundle> leaving, Set<Bundle> arriving) {}

    /**
     * Resolves under the hook.
     *
     * @param leaving  who is to be replaced or removed
     * @param arriving who is to be resolved
     * @param resolve  called once, on this thread
     * @return what it returns
     */
    <T> T during(Set<Bundle> leaving, Set<Bundle> arriving, Supplier<T> resolve) {
        current = new Replacement(Thread.currentThread(), Set.copyOf(leaving), Set.copyOf(arriving));
        try {
            return resolve.get();
        } finally {
            current = null;
        }
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        Replacement replacement = current;
        return replacement != null && replacement.thread() == Thread.currentThread() ? new Filter(replacement) : null;
    }

    /** One resolve; the framework may ask it from several threads. */
    private record Filter(Replacement replacement) implements ResolverHook {
        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // Never remove anything here: Felix 7.0.5 then forgets the capabilities of all that is resolved already.
        }

        @Override
        public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
            Bundle one = singleton.getRevision().getBundle();
            collisions.removeIf(other ->
                    replaces(one, other) || replaces(other.getRevision().getBundle(), singleton));
        }

        private boolean replaces(Bundle arriving, BundleCapability leaving) {
            return replacement.arriving().contains(arriving)
                    && replacement.leaving().contains(leaving.getRevision().getBundle());
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            if (!replacement.leaving().contains(requirement.getRevision().getBundle())) {
                candidates.removeIf(capability ->
                        replacement.leaving().contains(capability.getRevision().getBundle()));
            }
        }

        @Override
        public void end() {
            // Nothing was allocated.
        }
    }
}
