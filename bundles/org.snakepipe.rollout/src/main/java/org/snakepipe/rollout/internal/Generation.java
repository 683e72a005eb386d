// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.control.FileContent;

/**
 * What is in force, as it can be rebuilt. Immutable.
 *
 * @param number  grows with each change, also over restarts
 * @param files   the accepted configuration files
 * @param plugins name of the file to digest of the accepted plugins and libraries
 * @param out     configurations that the files speak of and that are not in force
 * @param draft   what the files give with the schemas of the plugins
 */
record Generation(
        long number, Map<String, FileContent> files, Map<String, String> plugins, Set<ConfigId> out, Draft draft) {
    /** Before everything. */
    static final Generation NONE = new Generation(0, Map.of(), Map.of(), Draft.EMPTY);

    /** One of this process. */
    Generation(long number, Map<String, FileContent> files, Map<String, String> plugins, Draft draft) {
        this(number, files, plugins, draft.out(), draft);
    }

    Generation {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        out = Collections.unmodifiableSet(new TreeSet<>(out));
        plugins = Collections.unmodifiableMap(new TreeMap<>(plugins));
    }

    /**
     * The files to come back to: without those that can be read by nobody, which are only there because nothing could stand in
     * for them.
     */
    Map<String, FileContent> good() {
        Map<String, FileContent> good = new TreeMap<>(files);
        draft.errors().stream()
                .filter(error -> !draft.isOfOne(error))
                .flatMap(error -> error.origin().map(Origin::source).stream())
                .forEach(good::remove);
        return good;
    }
}
