// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import org.snakepipe.api.config.Problem;

/**
 * What the thread of the rollout remembers of what lies there.
 *
 * @param disk   all of it
 * @param files  those whose content does not count
 * @param values those that do not count although their files do
 * @param jars   those that cannot be used
 * @param accidents roots that look like one
 */
record Desk(Disk disk, HeldFiles files, HeldValues values, Jars jars, Accidents accidents) {
    /** Nothing has been seen yet. */
    static Desk empty() {
        return new Desk(new Disk(), new HeldFiles(), new HeldValues(), new Jars(), new Accidents());
    }

    /** Remembers what lies there and what is held of it. Running it goes back to that. */
    Runnable mark() {
        Runnable lies = disk.mark();
        Runnable held = files.mark();
        Runnable left = jars.mark();
        Runnable missing = accidents.mark();
        return () -> {
            lies.run();
            held.run();
            left.run();
            missing.run();
        };
    }

    /** What is wrong with everything that is held. */
    List<Problem> problems() {
        return Problems.union(files.problems(), values.problems(), jars.problems(), accidents.problems());
    }
}
