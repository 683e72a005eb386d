// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.schema;

import java.util.Collection;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Knows the schemas of this runtime. A service of the plugins room; from any thread. */
@ProviderType
public interface SchemaSource {
    /**
     * The schemas of the shipped bundles and of some staged jars.
     *
     * @param digests SHA-256 of the staged jars, 64 hexadecimal digits in lower case; the plugins that are to be there
     * @return at most one schema per PID
     */
    Collection<Schema> schemas(Set<String> digests);

    /**
     * The rules of the shipped bundles and of some staged jars.
     *
     * @param digests as for {@link #schemas}
     * @return one source for each bundle that has rules
     */
    Collection<RuleSource> rules(Set<String> digests);
}
