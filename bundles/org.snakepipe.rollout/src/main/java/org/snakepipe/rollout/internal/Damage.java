// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Problem;

/** What was remembered over a restart and cannot be read, for the log and for who asks what is wrong. Used by one thread. */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final Map<Path, Problem> problems = new LinkedHashMap<>();

    /** Something cannot be read. @param what comes of it, and what to do, for people */
    void note(Path file, Exception why, String what) {
        LOG.debug("{} cannot be read", file, why);
        Problem problem = Problem.warning(
                        "store.damaged",
                        file + " cannot be read (" + why.getClass().getSimpleName() + "): " + what)
                .build();
        if (problems.put(file, problem) == null) {
            LOG.warn("{}", problem);
        }
    }

    /** All that was found. */
    List<Problem> problems() {
        return List.copyOf(problems.values());
    }
}
