// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.PluginChange;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.schema.SchemaSource;

/** Makes proposals: stages, prepares bundles, judges, and compares with what is in force. Used by one thread. */
final class Proposer {
    private static final int HASH_DIGITS = 16;

    private final Desk desk;
    private final Judge judge;
    private final Installer installer;
    private final SchemaSource schemas;
    private final String environment;
    private final ReloadListener listener;

    Proposer(
            Desk desk,
            Judge judge,
            Installer installer,
            SchemaSource schemas,
            String environment,
            ReloadListener listener) {
        this.desk = desk;
        this.judge = judge;
        this.installer = installer;
        this.schemas = schemas;
        this.environment = environment;
        this.listener = listener;
    }

    Installer installer() {
        return installer;
    }

    /**
     * Of all that lies on the disk, what is held replaced by what counts in its place. Jars that did not go with the
     * configuration may go with what it is now; where they do not, they hinder nothing else.
     */
    Proposal ofDisk(Generation current, Occasion occasion) throws InterruptedException {
        if (desk.jars().hasUnsuited()) {
            Runnable held = desk.mark();
            Runnable values = desk.values().mark();
            desk.jars().releaseUnsuited();
            Proposal whole = ofWhatIsNotHeld(current, occasion);
            if (whole.isGood()) {
                return whole;
            }
            whole.bundles().undo();
            held.run();
            values.run();
        }
        return ofWhatIsNotHeld(current, occasion);
    }

    private Proposal ofWhatIsNotHeld(Generation current, Occasion occasion) throws InterruptedException {
        Phases phases = new Phases(occasion.cause(), listener);
        Jars jars = desk.jars();
        List<Problem> jarsBefore = jars.problems();
        Map<String, String> plugins = jars.stage(desk.disk(), current.plugins(), installer);
        phases.end("stage");
        PluginChange bundles = jars.prepare(plugins, current.plugins(), installer);
        phases.end("resolve");
        Set<String> pids = pidsOf(plugins, current);
        desk.files().releaseFor(pids);
        desk.values().releaseFor(pids);
        Judge.Verdict verdict = judge.change(current, plugins, occasion.touched());
        List<Problem> news = Problems.union(occasion.unreadable(), Problems.without(jars.problems(), jarsBefore));
        if (occasion.tellsAll()) {
            news = Problems.union(news, Problems.errors(desk.files().problems()), Problems.errors(jars.problems()));
        }
        return proposal(current, occasion, phases, plugins, bundles, verdict, news, false);
    }

    /** Of exactly these files and plugins. */
    Proposal exactly(Generation current, Occasion occasion, Map<String, FileContent> files, Map<String, String> plugins)
            throws PluginRejected, InterruptedException {
        Phases phases = new Phases(occasion.cause(), listener);
        PluginChange bundles = installer.prepare(Jars.byDigest(plugins));
        phases.end("resolve");
        Judge.Verdict verdict = judge.exactly(current, files, plugins);
        return proposal(current, occasion, phases, plugins, bundles, verdict, List.of(), true);
    }

    private Proposal proposal(
            Generation current,
            Occasion occasion,
            Phases phases,
            Map<String, String> plugins,
            PluginChange bundles,
            Judge.Verdict verdict,
            List<Problem> news,
            boolean exact) {
        phases.end("validate");
        Draft draft = verdict.isGood() ? judge.inForce(current, verdict) : verdict.draft();
        Generation next = new Generation(current.number() + 1, verdict.files(), plugins, draft, Generation.Story.NONE);
        Difference difference = Difference.between(current.draft(), draft);
        List<Problem> notes = Shadows.notes(current.draft(), verdict.draft(), occasion.touched());
        phases.end("plan");
        return new Proposal(
                occasion,
                phases,
                plugins,
                bundles,
                verdict,
                next,
                difference,
                () -> hash(current, next),
                news,
                notes,
                exact,
                Map.of(),
                () -> {});
    }

    /** PIDs of the plugins that are not what they were. */
    private Set<String> pidsOf(Map<String, String> plugins, Generation current) {
        Set<String> digests = new TreeSet<>(plugins.values());
        digests.removeAll(current.plugins().values());
        Set<String> pids = new TreeSet<>();
        if (!digests.isEmpty()) {
            schemas.schemas(digests).forEach(schema -> pids.add(schema.pid()));
            schemas.schemas(Set.of()).forEach(schema -> pids.remove(schema.pid()));
        }
        return pids;
    }

    /** Of what does not change with a restart: no value of a secret, no fingerprint. */
    private String hash(Generation current, Generation next) {
        StringBuilder text = new StringBuilder(environment)
                .append('\n')
                .append(current.number())
                .append('\n');
        Map<String, String> parts = new TreeMap<>();
        next.files().forEach((path, content) -> parts.put("file " + path, content.digest()));
        next.plugins().forEach((file, digest) -> parts.put("plugin " + file, digest));
        parts.forEach(
                (name, digest) -> text.append(name).append('\0').append(digest).append('\n'));
        return Digests.of(text.toString()).substring(0, HASH_DIGITS);
    }
}
