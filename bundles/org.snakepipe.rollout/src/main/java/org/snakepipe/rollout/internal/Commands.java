// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ApplyOptions;
import org.snakepipe.control.Candidate;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Plan;
import org.snakepipe.control.PluginRejected;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.environment.ConfigDirectory;

/**
 * What somebody asks of the rollout, instead of saving a file. Each gives its receipt, or nothing when it was withdrawn before
 * anything was touched. Used by one thread.
 */
final class Commands {
    private final Rollout rollout;
    private final Ledger ledger;
    private final GenerationStore store;
    private final ConfigWriter writer;
    private final JarChanges jarChanges;

    Commands(Rollout rollout, Ledger ledger, GenerationStore store, ConfigWriter writer, JarChanges jarChanges) {
        this.rollout = rollout;
        this.ledger = ledger;
        this.store = store;
        this.writer = writer;
        this.jarChanges = jarChanges;
    }

    /** What lies on the disk, as it has settled. */
    Candidate lying(String environment) {
        Map<String, FileContent> files = new TreeMap<>(rollout.desk().disk().config());
        files.keySet().removeIf(Disk::isOverride);
        return new Candidate(environment, Optional.empty(), files);
    }

    /** What would happen. @param candidate empty for what lies on the disk */
    Plan plan(Optional<Candidate> candidate) throws PluginRejected, InterruptedException {
        Generation current = rollout.current();
        if (candidate.isEmpty() || candidate.get().directory().isEmpty()) {
            Runnable back = rollout.desk().mark();
            Proposal proposal = rollout.proposer().ofDisk(current, Occasion.of("plan"));
            proposal.bundles().undo();
            // What is held is no part of the plan, so it has to be said of what lies there.
            List<Problem> held = Problems.union(rollout.desk().problems(), unreadable(Optional.empty()));
            back.run();
            boolean pends = proposal.isGood() && rollout.confirmation().isNeededFor(proposal, current);
            Optional<Instant> end = pends ? Optional.of(rollout.confirmation().end(proposal.hash())) : Optional.empty();
            rollout.plans().remember(proposal.hash(), Optional.empty());
            return rollout.plans().plan(proposal, current, end, held);
        }
        Map<String, FileContent> files = completed(candidate.get().files());
        Proposal proposal = rollout.proposer().exactly(current, Occasion.of("plan"), files, current.plugins());
        proposal.bundles().undo();
        rollout.plans().remember(proposal.hash(), Optional.of(files));
        return rollout.plans().plan(proposal, current, Optional.empty(), List.of());
    }

    /** A directory of configuration says nothing of overrides, which lie elsewhere, nor of what is no configuration. */
    private Map<String, FileContent> completed(Map<String, FileContent> files) {
        Map<String, FileContent> all = new TreeMap<>(files);
        rollout.current().files().forEach((path, content) -> {
            if (Disk.isOverride(path) || ConfigDirectory.isPassedOver(path)) {
                all.put(path, content);
            }
        });
        return all;
    }

    /** Brings a plan into force, exactly as it was made. */
    Optional<ReloadResult> apply(String beginning, ApplyOptions options, Permit permit) throws InterruptedException {
        Occasion asked = Occasion.of("apply " + beginning).by(options, permit);
        Optional<Accidents.Accident> accident = rollout.desk().accidents().find(beginning);
        if (accident.isPresent()) {
            return confirm(accident.get(), options, permit);
        }
        Optional<String> hash = rollout.plans().find(beginning);
        if (hash.isEmpty()) {
            return unknown(
                    asked,
                    "plan.unknown",
                    "no plan begins with " + beginning + " (needed: 6 digits at least, of one plan only). See: plan");
        }
        Occasion occasion = asked.confirmed(hash);
        Optional<Plan> pending = rollout.confirmation().pending();
        if (pending.filter(plan ->
                        plan.hash().equals(hash.get()) && rollout.confirmation().isExpired(plan))
                .isPresent()) {
            return refuse(
                    asked,
                    "plan.expired",
                    "plan " + hash.get() + " could be confirmed until "
                            + pending.get().expires().orElseThrow() + ". Save its files again, or go back");
        }
        Optional<Map<String, FileContent>> files = rollout.plans().files(hash.get());
        if (files.isEmpty()) {
            return rollout.run(occasion);
        }
        Optional<ReloadResult> result =
                bring(occasion, files.get(), rollout.current().plugins());
        waitOn(pending.isPresent(), result);
        return result;
    }

    /** Another generation is in force, on which nobody can confirm what waited: it waits anew, under another hash. */
    private void waitOn(boolean waits, Optional<ReloadResult> result) throws InterruptedException {
        if (waits && result.filter(Commands::isDone).isPresent()) {
            rollout.run(Occasion.of("what waits to be confirmed"));
        }
    }

    /** What looked like an accident was meant. */
    private Optional<ReloadResult> confirm(Accidents.Accident accident, ApplyOptions options, Permit permit)
            throws InterruptedException {
        Desk desk = rollout.desk();
        Runnable back = desk.mark();
        desk.accidents().forget(accident);
        desk.disk().apply(accident.set());
        desk.releaseChanged();
        Occasion occasion =
                Occasion.of(List.of(accident.set())).by(options, permit).confirmed(Optional.empty());
        Optional<ReloadResult> result = rollout.run(occasion);
        if (result.filter(Commands::isDone).isPresent()) {
            accident.confirm().run();
        } else {
            // It was not brought into force: it is still what looks like an accident.
            back.run();
        }
        return result;
    }

    /** Changes files and jars and brings them into force. */
    Optional<ReloadResult> change(
            Map<String, Optional<String>> changes,
            Map<String, Optional<FileContent>> jars,
            ApplyOptions options,
            Permit permit)
            throws InterruptedException {
        Set<String> names = new TreeSet<>(changes.keySet());
        jars.keySet().forEach(name -> names.add(ChangeSet.Root.DEPLOY.folder() + name));
        Occasion occasion = Occasion.of("change of " + String.join(", ", names))
                .by(options, permit)
                .confirmed(Optional.empty());
        if (rollout.confirmation().isLost()) {
            return Optional.of(rollout.refuse(occasion, store.lost()));
        }
        Optional<String> odd = changes.keySet().stream().filter(Disk::isJar).findFirst();
        if (odd.isPresent()) {
            return refuse(occasion, "file.unwritable", odd.get() + " is no path of a configuration file");
        }
        Map<String, FileContent> files = new TreeMap<>(rollout.current().files());
        changes.forEach((path, text) -> text.ifPresentOrElse(
                content -> files.put(path, Digests.content(content.getBytes(StandardCharsets.UTF_8))),
                () -> files.remove(path)));
        Map<String, Optional<FileContent>> writes = new TreeMap<>();
        changes.keySet().forEach(path -> writes.put(path, Optional.ofNullable(files.get(path))));
        Runnable mark = rollout.desk().mark();
        Runnable back = () -> {
            mark.run();
            jarChanges.forget(jars.keySet());
        };
        try {
            Map<String, String> plugins = jarChanges.take(rollout.current().plugins(), jars);
            jars.forEach((name, content) -> writes.put(Disk.jarPath(name), content));
            boolean waits = rollout.confirmation().pending().isPresent();
            Optional<ReloadResult> result = bring(occasion, files, plugins, writes, back);
            jarChanges.forgetWhatIsGone();
            waitOn(waits, result);
            return result;
        } catch (PluginRejected e) {
            back.run();
            return Optional.of(rollout.refuse(occasion, e.problems()));
        }
    }

    private Optional<ReloadResult> bring(Occasion occasion, Map<String, FileContent> files, Map<String, String> plugins)
            throws InterruptedException {
        return bring(
                occasion,
                files,
                plugins,
                new TreeSet<>(Candidates.differences(files, rollout.current().files())));
    }

    /** Writes the files too. @param paths those to be written */
    private Optional<ReloadResult> bring(
            Occasion occasion, Map<String, FileContent> files, Map<String, String> plugins, Set<String> paths)
            throws InterruptedException {
        Map<String, Optional<FileContent>> writes = new TreeMap<>();
        paths.forEach(path -> writes.put(path, Optional.ofNullable(files.get(path))));
        return bring(occasion, files, plugins, writes, rollout.desk().mark());
    }

    /** Writes the files too. @param back forgets what was noted for it */
    private Optional<ReloadResult> bring(
            Occasion occasion,
            Map<String, FileContent> files,
            Map<String, String> plugins,
            Map<String, Optional<FileContent>> writes,
            Runnable back)
            throws InterruptedException {
        Desk desk = rollout.desk();
        Set<String> paths = new TreeSet<>(writes.keySet());
        Optional<Accidents.Accident> gone = paths.stream()
                .filter(path -> !Disk.isJar(path))
                .flatMap(path -> desk.accidents().of(path).stream())
                .findFirst();
        if (gone.isPresent()) {
            back.run();
            return refuse(
                    occasion,
                    "watch.accident",
                    "nothing is written while " + gone.get().set().root().folder() + " is gone: "
                            + gone.get().problem().message());
        }
        Optional<String> unread =
                paths.stream().filter(desk.disk()::isUnreadable).findFirst();
        if (unread.isPresent()) {
            // Nobody knows what lies beside it, so what it says could not come into force either.
            back.run();
            return refuse(
                    occasion,
                    "file.unread",
                    unread.get() + " cannot be written before what lies there has been read: "
                            + desk.disk().whyUnreadable(unread.get()) + ". Ask again then");
        }
        try {
            Map<String, Optional<FileContent>> now = writer.read(paths);
            Optional<String> moved = paths.stream()
                    .filter(path -> !now.get(path).equals(desk.disk().at(path)))
                    .findFirst();
            paths.removeIf(Disk::isJar);
            // What lies there already need not be written, nor be a generation of its own.
            Map<String, Optional<FileContent>> news = new TreeMap<>(writes);
            news.entrySet().removeIf(file -> file.getValue().equals(now.get(file.getKey())));
            Proposal proposal = rollout.proposer()
                    .exactly(rollout.current(), occasion.touching(paths), files, plugins)
                    .writing(news, back);
            if (moved.isPresent()
                    && occasion.expected()
                            .filter(hash -> !hash.equals(proposal.hash()))
                            .isEmpty()) {
                proposal.bundles().undo();
                back.run();
                return refuse(
                        occasion,
                        "file.moved",
                        moved.get() + " has become another file just now: look at it first, and ask again");
            }
            desk.disk().put(writes);
            paths.forEach(desk.files()::forget);
            return rollout.bring(proposal);
        } catch (IOException e) {
            back.run();
            return refuse(occasion, "file.unwritable", e.getMessage());
        } catch (PluginRejected e) {
            back.run();
            return Optional.of(rollout.refuse(occasion, e.problems()));
        }
    }

    static boolean isDone(ReloadResult result) {
        return result.status() == ReloadResult.Status.APPLIED || result.status() == ReloadResult.Status.UNCHANGED;
    }

    /** Goes back to an earlier generation. */
    Optional<ReloadResult> rollback(long number, ApplyOptions options, Permit permit) throws InterruptedException {
        Occasion occasion = Occasion.of("rollback to generation " + number)
                .by(options, permit)
                .confirmed(Optional.empty());
        boolean current =
                number == rollout.current().number() && !rollout.confirmation().isLost();
        Optional<Generation> target = current ? Optional.of(rollout.current()) : store.generation(number);
        if (target.isEmpty()) {
            return unknown(
                    occasion,
                    "generation.unknown",
                    "generation " + number + " is not kept (kept: the last " + GenerationStore.KEPT
                            + "). See: history");
        }
        Generation wanted = target.get();
        if (options.write()) {
            Set<String> paths = new TreeSet<>(
                    Candidates.differences(wanted.files(), rollout.desk().disk().config()));
            return held(number, bring(occasion, wanted.files(), wanted.plugins(), paths), wanted);
        }
        Runnable back = rollout.desk().mark();
        try {
            Proposal proposal =
                    rollout.proposer().exactly(rollout.current(), occasion, wanted.files(), wanted.plugins());
            // Before the receipt is given, so that it names what is held; undone when it does not come up.
            hold(number, wanted);
            Optional<ReloadResult> result = rollout.bring(proposal.writing(Map.of(), back));
            if (result.filter(Commands::isDone).isPresent()) {
                // When nothing had to be touched, nothing was written down either.
                ledger.heldChanged(rollout.desk());
            }
            return result;
        } catch (PluginRejected e) {
            return Optional.of(rollout.refuse(occasion, e.problems()));
        }
    }

    private Optional<ReloadResult> held(long number, Optional<ReloadResult> result, Generation wanted) {
        if (result.filter(Commands::isDone).isPresent()) {
            hold(number, wanted);
            ledger.heldChanged(rollout.desk());
        }
        return result;
    }

    /** What lies on the disk and differs from it does not count before somebody has changed it. */
    private void hold(long number, Generation wanted) {
        Desk desk = rollout.desk();
        Map<String, FileContent> disk = desk.disk().config();
        for (String path : Candidates.differences(disk, wanted.files())) {
            desk.files().holdBack(path, disk.get(path), number);
        }
        desk.jars().holdBack(desk.disk().deploy(), wanted.plugins(), number);
    }

    /** Tries again what is held, and what waits. */
    Optional<ReloadResult> retry(Optional<String> file, ApplyOptions options, Permit permit)
            throws InterruptedException {
        Desk desk = rollout.desk();
        Occasion occasion = Occasion.of(file.map(path -> "retry of " + path).orElse("retry"))
                .by(options, permit)
                .trying(file, unreadable(file));
        boolean known = file.isEmpty()
                || rollout.unapplied().stream().anyMatch(one -> one.path().equals(file.get()));
        if (!known) {
            return unknown(occasion, "file.notheld", file.get() + " is neither held nor waits. See: status");
        }
        Runnable back = desk.mark();
        desk.files().release(file);
        desk.jars().release(file);
        if (file.isEmpty()) {
            desk.values().release();
        }
        Optional<ReloadResult> result = rollout.run(occasion);
        if (result.isEmpty()) {
            back.run();
        } else {
            ledger.heldChanged(desk);
        }
        return result;
    }

    /** What cannot be read of what lies there. @param file of one; empty for all */
    private List<Problem> unreadable(Optional<String> file) {
        List<Problem> problems = new ArrayList<>();
        rollout.desk().disk().unreadable().forEach((path, reason) -> {
            if (file.isEmpty() || path.equals(file.get())) {
                problems.add(Occasion.unreadable(path, reason));
            }
        });
        return problems;
    }

    private Optional<ReloadResult> unknown(Occasion occasion, String code, String message) {
        return Optional.of(
                rollout.unknown(occasion, Problem.error(code, message).build()));
    }

    private Optional<ReloadResult> refuse(Occasion occasion, String code, String message) {
        return Optional.of(rollout.refuse(occasion, Problem.error(code, message).build()));
    }
}
