// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.environment;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.annotation.versioning.ConsumerType;

/** The secrets that words may name; their values are never asked for here. Asked from the thread that resolves. */
@ConsumerType
public interface SecretNames {
    /**
     * Tells whether there is a secret.
     *
     * @param name for example {@code orders.password}
     * @return {@code true} when somebody could give its value
     * @throws IOException if there is such a secret and its value cannot be told, or if nobody knows whether there is one. The
     *     message is for people: what to mend, and never a value
     */
    boolean exists(String name) throws IOException;

    /**
     * What there is, for suggestions.
     *
     * @return names, in any order; may be fewer than {@link #exists} knows
     */
    Collection<String> names();

    /**
     * A fixed set of names.
     *
     * @param names the names
     * @return those names and no others
     */
    static SecretNames of(Collection<String> names) {
        Set<String> copy = new TreeSet<>(names);
        return new SecretNames() {
            @Override
            public boolean exists(String name) {
                return copy.contains(name);
            }

            @Override
            public Collection<String> names() {
                return copy;
            }
        };
    }
}
