// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Origin;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.GenerationInfo;

/**
 * What is in force, as it can be rebuilt. Immutable.
 *
 * @param number  grows with each change, also over restarts
 * @param files   the accepted configuration files
 * @param plugins name of the file to digest of the accepted plugins and libraries
 * @param out     configurations that the files speak of and that are not in force
 * @param draft   what the files give with the schemas of the plugins
 * @param story   how it came
 */
record Generation(
        long number,
        Map<String, FileContent> files,
        Map<String, String> plugins,
        Set<ConfigId> out,
        Draft draft,
        Story story) {
    /** Before everything. */
    static final Generation NONE = new Generation(0, Map.of(), Map.of(), Draft.EMPTY, Story.NONE);

    /**
     * How a generation came.
     *
     * @param at      when
     * @param author  who asked for it; empty when nobody did but the files themselves
     * @param cause   what asked for it
     * @param changes what it changed, a line each
     * @param version of the product
     * @param plugins PID to version of the plugin that it was in force with
     */
    record Story(
            Instant at,
            String author,
            String cause,
            List<String> changes,
            String version,
            Map<String, String> plugins) {
        static final Story NONE = new Story(Instant.EPOCH, "", "", List.of(), "");

        Story {
            changes = List.copyOf(changes);
            plugins = Map.copyOf(plugins);
        }

        /** Of one whose plugins are those that are there now. */
        Story(Instant at, String author, String cause, List<String> changes, String version) {
            this(at, author, cause, changes, version, Map.of());
        }
    }

    /** One of this process. */
    Generation(long number, Map<String, FileContent> files, Map<String, String> plugins, Draft draft, Story story) {
        this(number, files, plugins, draft.out(), draft, story);
    }

    Generation {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        out = Collections.unmodifiableSet(new TreeSet<>(out));
        plugins = Collections.unmodifiableMap(new TreeMap<>(plugins));
    }

    /** The same with its story. */
    Generation with(Story other) {
        return new Generation(number, files, plugins, out, draft, other);
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

    /** For everybody. */
    GenerationInfo info(String environment) {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((path, content) -> digests.put(path, content.digest()));
        return new GenerationInfo(
                number,
                environment,
                story.version(),
                story.at(),
                story.author(),
                story.cause(),
                story.changes(),
                digests,
                plugins);
    }
}
