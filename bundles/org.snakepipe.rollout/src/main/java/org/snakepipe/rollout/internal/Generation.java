// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.snakepipe.control.FileContent;

/**
 * What is in force, as it can be rebuilt. Immutable.
 *
 * @param number  grows with each change, also over restarts
 * @param files   the accepted configuration files
 * @param plugins name of the file to digest of the accepted plugins and libraries
 * @param draft   what the files give with the schemas of the plugins
 */
record Generation(long number, Map<String, FileContent> files, Map<String, String> plugins, Draft draft) {
    /** Before everything. */
    static final Generation NONE = new Generation(0, Map.of(), Map.of(), Draft.EMPTY);

    Generation {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        plugins = Collections.unmodifiableMap(new TreeMap<>(plugins));
    }
}
