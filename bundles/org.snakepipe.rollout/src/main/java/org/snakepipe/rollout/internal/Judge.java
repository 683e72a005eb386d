// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.FileContent;

/**
 * Decides what of all that lies there may come into force. What is wrong is the fault of what changed only if it would not be
 * wrong without the change: a secret that is gone is nobody's fault who edits a file. Used by one thread.
 */
final class Judge {
    private final Drafter drafter;
    private final Desk desk;
    private Draft well;

    Judge(Drafter drafter, Desk desk) {
        this.drafter = drafter;
        this.desk = desk;
    }

    /** Has read what the shipped bundles say of themselves, and has loaded what drafts, before there is anything to judge. */
    void prepare() throws InterruptedException {
        drafter.draft(Map.of(), Set.of());
    }

    /**
     * What was decided.
     *
     * @param files  what counts: what lies there, and what was accepted in the place of what is held
     * @param draft  what that comes to
     * @param errors for which nothing of it may come into force; empty when it may
     * @param jars   whether the plugins are to blame for the errors, and no file
     * @param unsuited the names of those that are to blame
     */
    record Verdict(
            Map<String, FileContent> files, Draft draft, List<Problem> errors, boolean jars, Set<String> unsuited) {
        private static Verdict good(Map<String, FileContent> files, Draft draft) {
            return new Verdict(files, draft, List.of(), false, Set.of());
        }

        boolean isGood() {
            return errors.isEmpty();
        }
    }

    /**
     * Judges a change. Files that were rejected before are looked at again: what they lacked may have come. Those that are
     * still wrong, and were not touched now, stay rejected and stop nobody.
     *
     * @param touched the files that changed now
     */
    Verdict change(Generation current, Map<String, String> plugins, Set<String> touched) throws InterruptedException {
        Set<String> before = desk.files().releaseRejected();
        before.removeAll(touched);
        Verdict verdict = look(current, candidate(current), plugins);
        // Ends: each round goes on only when it has taken out files of `before`, and what is taken out is held, so that
        // the next candidate has their accepted content and cannot name them again.
        while (!verdict.isGood() && !verdict.jars) {
            List<String> fresh = Candidates.differences(verdict.files, current.files());
            List<String> named = Candidates.named(verdict.errors, fresh, verdict.draft);
            List<String> culprits = named.isEmpty() ? fresh : named;
            reject(culprits, verdict.errors, verdict.draft);
            if (culprits.isEmpty() || !before.containsAll(culprits)) {
                return verdict;
            }
            before.removeAll(culprits);
            verdict = look(current, candidate(current), plugins);
        }
        return verdict;
    }

    /** Judges exactly these files and plugins, and rejects none of them. */
    Verdict exactly(Generation current, Map<String, FileContent> files, Map<String, String> plugins)
            throws InterruptedException {
        return look(current, files, plugins);
    }

    private Verdict look(Generation current, Map<String, FileContent> files, Map<String, String> plugins)
            throws InterruptedException {
        Draft draft = draft(files, plugins);
        List<Problem> errors = draft.errorsBeyond(current.draft());
        if (errors.isEmpty()
                || plugins.equals(current.plugins())
                        && Candidates.differences(files, current.files()).isEmpty()) {
            return Verdict.good(files, draft);
        }
        Draft unchanged = draft(current.files(), current.plugins());
        errors = Problems.without(errors, unchanged.errors());
        List<String> fresh = Candidates.differences(files, current.files());
        boolean jars = !errors.isEmpty()
                && !plugins.equals(current.plugins())
                && Candidates.named(errors, fresh, draft).isEmpty()
                && Problems.without(draft(files, current.plugins()).errors(), unchanged.errors())
                        .isEmpty();
        Set<String> unsuited = jars ? unsuited(current, files, plugins, unchanged) : Set.of();
        return new Verdict(files, draft, errors, jars, unsuited);
    }

    /** The new jars each of which alone is wrong; all of them, when only several together are. */
    private Set<String> unsuited(
            Generation current, Map<String, FileContent> files, Map<String, String> plugins, Draft unchanged)
            throws InterruptedException {
        Set<String> fresh = new TreeSet<>(plugins.keySet());
        fresh.removeIf(name -> plugins.get(name).equals(current.plugins().get(name)));
        Set<String> alone = new TreeSet<>();
        for (String name : fresh) {
            Map<String, String> one = new TreeMap<>(current.plugins());
            one.put(name, plugins.get(name));
            if (!Problems.without(draft(files, one).errors(), unchanged.errors())
                    .isEmpty()) {
                alone.add(name);
            }
        }
        return alone.isEmpty() ? fresh : alone;
    }

    private Map<String, FileContent> candidate(Generation accepted) {
        return Candidates.of(desk.disk(), accepted.files(), desk.files());
    }

    private Draft draft(Map<String, FileContent> files, Map<String, String> plugins) throws InterruptedException {
        return drafter.draft(files, Set.copyOf(plugins.values()));
    }

    private void reject(Collection<String> paths, List<Problem> errors, Draft draft) {
        for (String path : paths) {
            List<Problem> own = errors.stream()
                    .filter(error -> !Candidates.named(List.of(error), List.of(path), draft)
                            .isEmpty())
                    .toList();
            List<Problem> why = own.isEmpty() ? errors : own;
            desk.files().reject(path, desk.disk().config().get(path), why, Candidates.subjects(path, own, draft));
        }
    }

    /**
     * What may be published of a change that is good. A configuration that cannot be what it should be goes on as it is in
     * force; one that is not in force stays out.
     */
    Draft inForce(Generation current, Verdict verdict) {
        desk.values().releaseChanged(verdict.draft);
        Map<ConfigId, String> kept = new TreeMap<>(desk.values().in(verdict.draft));
        kept.putAll(verdict.draft.wrong());
        Map<ConfigId, String> out = doubtful(current, verdict.draft);
        out.keySet().removeAll(current.draft().typed().keySet());
        out.keySet().removeAll(kept.keySet());
        return verdict.draft.kept(kept, current.draft()).without(out);
    }

    /** What may not come up, because something that may speak of it does not count. */
    private Map<ConfigId, String> doubtful(Generation accepted, Draft draft) {
        Map<ConfigId, String> doubtful =
                new TreeMap<>(desk.files().orphans(accepted.files().keySet()));
        draft.provenance()
                .doubts()
                .forEach((id, why) -> doubtful.putIfAbsent(id, "it may not be what it seems: " + why));
        desk.disk()
                .neverRead(accepted.files().keySet())
                .forEach((path, reason) -> draft.states()
                        .keySet()
                        .forEach(
                                id -> doubtful.putIfAbsent(id, "it may not be what it seems: " + path + " " + reason)));
        return doubtful;
    }

    /**
     * What was in force when all was well, as far as it still can be. Found once, and only when something is wrong.
     *
     * @param plugins that are there at the start
     */
    Draft wasWell(Generation lastGood, Map<String, String> plugins) throws InterruptedException {
        if (well == null) {
            well = lastGood.files().isEmpty() ? Draft.EMPTY : well(lastGood, plugins);
        }
        return well;
    }

    /** What was in force when all was well, judged with other plugins than the boot may come to in the end. */
    Set<ConfigId> wasThere(Generation lastGood, Map<String, String> plugins) throws InterruptedException {
        return lastGood.files().isEmpty()
                ? Set.of()
                : well(lastGood, plugins).typed().keySet();
    }

    /** Last good has become another. */
    void forgetWell() {
        well = null;
    }

    private Draft well(Generation lastGood, Map<String, String> plugins) throws InterruptedException {
        Draft draft = draft(lastGood.files(), plugins);
        Map<ConfigId, String> out = draft.wrong();
        draft.provenance().doubts().forEach((id, why) -> out.put(id, why.message()));
        lastGood.out().forEach(id -> out.put(id, "it was not in force"));
        return draft.without(out);
    }

    /**
     * Judges the first generation of a process, which comes into force whatever lies there: a bad file is replaced by what it
     * was when all was well, if that helps; what is then still wrong stays out.
     */
    Verdict boot(Generation lastGood, Map<String, String> plugins) throws InterruptedException {
        // Ends: each round replaces at least one file that differs from last good by what it was there, and none is
        // replaced
        // twice, so that there are at most as many rounds as such files, and one.
        while (true) {
            Map<String, FileContent> files = candidate(lastGood);
            Draft draft = draft(files, plugins);
            Set<String> culprits = new TreeSet<>();
            List<Problem> errors = draft.errors();
            if (!errors.isEmpty()) {
                errors = draft.errorsBeyond(wasWell(lastGood, plugins));
                culprits.addAll(replaceable(errors, files, lastGood, draft));
            }
            if (culprits.isEmpty()) {
                desk.values().releaseChanged(draft);
                return Verdict.good(files, draft.without(out(lastGood, plugins, draft)));
            }
            reject(culprits, errors, draft);
        }
    }

    /** What last good comes to now, for an environment in which nothing else comes into force by itself. */
    Verdict asItWas(Generation lastGood, Map<String, String> plugins) throws InterruptedException {
        Draft draft = draft(lastGood.files(), plugins);
        desk.values().releaseChanged(draft);
        return Verdict.good(lastGood.files(), draft.without(out(lastGood, plugins, draft)));
    }

    /** The files without which there would be fewer errors, and something that was in force when all was well. */
    private Set<String> replaceable(
            List<Problem> errors, Map<String, FileContent> files, Generation lastGood, Draft draft) {
        List<String> fresh = Candidates.differences(files, lastGood.files());
        Set<String> replaceable = new TreeSet<>();
        for (Problem error : errors) {
            boolean helps = draft.isOfOne(error)
                    ? well.typed().containsKey(error.id().orElseThrow())
                    : !well.typed().isEmpty();
            if (helps) {
                replaceable.addAll(replaceable(error, fresh, lastGood, draft));
            }
        }
        return replaceable;
    }

    private static List<String> replaceable(Problem error, List<String> fresh, Generation lastGood, Draft draft) {
        List<String> named = Candidates.named(List.of(error), fresh, draft);
        if (draft.isOfOne(error)) {
            return named;
        }
        if (named.isEmpty()) {
            return fresh;
        }
        // One that nobody can read and that was not there: what it may speak of stays out, and what was well goes on.
        return named.stream().filter(lastGood.files()::containsKey).toList();
    }

    private Map<ConfigId, String> out(Generation lastGood, Map<String, String> plugins, Draft draft)
            throws InterruptedException {
        Map<ConfigId, String> out = doubtful(lastGood, draft);
        if (!out.isEmpty()) {
            out.keySet().removeAll(wasWell(lastGood, plugins).typed().keySet());
        }
        out.putAll(draft.wrong());
        out.putAll(desk.values().in(draft));
        return out;
    }
}
