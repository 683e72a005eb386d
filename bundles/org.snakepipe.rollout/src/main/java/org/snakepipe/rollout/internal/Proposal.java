// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.PluginChange;

/**
 * What might come into force, as far as it has been thought through. Its bundles are there beside those that run: whoever has
 * it commits them or takes them back.
 *
 * @param occasion   why
 * @param phases     how long it took so far
 * @param plugins    name of the file to digest of all jars that are to be there
 * @param bundles    their bundles on their way
 * @param verdict    what is wrong
 * @param next       what would be in force; when something is wrong, only its files and draft say something
 * @param difference to what is in force
 * @param name       gives its hash: most changes are never asked for it
 * @param news       what is wrong besides, and has just come up
 * @param notes      what somebody who saved a file should know
 * @param exact      whether the files were given: then none of them is rejected or held for what is wrong
 * @param writes     files that have to be written for it
 * @param forget     takes back what was noted for it, unless it comes into force
 */
record Proposal(
        Occasion occasion,
        Phases phases,
        Map<String, String> plugins,
        PluginChange bundles,
        Judge.Verdict verdict,
        Generation next,
        Difference difference,
        Supplier<String> name,
        List<Problem> news,
        List<Problem> notes,
        boolean exact,
        Map<String, Optional<FileContent>> writes,
        Runnable forget) {
    boolean isGood() {
        return verdict.isGood();
    }

    /** Stands for exactly this. */
    String hash() {
        return name.get();
    }

    /** Whether nothing that runs would be another. */
    boolean isEmpty() {
        return difference.isEmpty() && bundles.isEmpty();
    }

    /** A line for each jar and each configuration. */
    List<String> lines(Generation current) {
        List<String> lines = new ArrayList<>(Jars.lines(current.plugins(), plugins));
        lines.addAll(difference.lines());
        return lines;
    }

    /** The same the other way round. */
    List<String> reverse(Generation current) {
        List<String> lines = new ArrayList<>(Jars.lines(plugins, current.plugins()));
        lines.addAll(Difference.between(next.draft(), current.draft()).lines());
        return lines;
    }

    /** The same with files to write. @param back takes back what was noted for it, unless it comes into force */
    Proposal writing(Map<String, Optional<FileContent>> files, Runnable back) {
        return new Proposal(
                occasion, phases, plugins, bundles, verdict, next, difference, name, news, notes, exact, files, back);
    }
}
