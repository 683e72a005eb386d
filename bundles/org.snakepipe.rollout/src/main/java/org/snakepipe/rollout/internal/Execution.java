// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.FileContent;
import org.snakepipe.control.Installer;
import org.snakepipe.control.ReloadResult;

/**
 * Brings a proposal into force, between the journal and last good, or takes it back and holds what did not come up. Used by one
 * thread.
 */
final class Execution {
    private final Desk desk;
    private final Installer installer;
    private final Attempt attempt;
    private final Ledger ledger;
    private final ConfigWriter writer;
    private final Echoes echoes;
    private final BiConsumer<ChangeSet.Root, Map<String, String>> watch;
    private final Clock clock;
    private final String version;

    Execution(
            Desk desk,
            Installer installer,
            Attempt attempt,
            Ledger ledger,
            ConfigWriter writer,
            Echoes echoes,
            BiConsumer<ChangeSet.Root, Map<String, String>> watch,
            Clock clock,
            String version) {
        this.desk = desk;
        this.installer = installer;
        this.attempt = attempt;
        this.ledger = ledger;
        this.writer = writer;
        this.echoes = echoes;
        this.watch = watch;
        this.clock = clock;
        this.version = version;
    }

    /**
     * What came of it.
     *
     * @param status what
     * @param now    what is in force
     * @param epoch  the attempt; 0 when nobody was told of one
     * @param left   what is wrong from now on, besides what is held
     * @param said   what the receipt says
     */
    record Result(ReloadResult.Status status, Generation now, long epoch, List<Problem> left, List<Problem> said) {
        /** The same, and not everything is what it was. */
        Result failed(List<Problem> worse) {
            return new Result(
                    ReloadResult.Status.FAILED, now, epoch, Problems.union(left, worse), Problems.union(said, worse));
        }
    }

    /** Whether what is in force is what has been written; if not, also a proposal without a change has something to do. */
    boolean isCertain() {
        return attempt.isCertain();
    }

    Result run(Generation current, Proposal proposal, List<Problem> warned) throws InterruptedException {
        Phases phases = proposal.phases();
        Journal.Intent intent;
        try {
            intent = intent(current, proposal);
        } catch (IOException e) {
            return refused(current, proposal, 0, unwritable(e));
        }
        Optional<Problem> refusal = ledger.intend(intent);
        if (refusal.isPresent()) {
            return refused(current, proposal, intent.epoch(), refusal.get());
        }
        phases.end("journal");
        echoes.expect(intent.written().keySet());
        ConfigWriter.Written files;
        try {
            files = writer.write(proposal.writes());
        } catch (IOException e) {
            List<Problem> left = putBack(intent);
            ended("refused", intent, left);
            Result refused = refused(current, proposal, intent.epoch(), unwritable(e));
            return left.isEmpty() ? refused : refused.failed(left);
        }
        Attempt.Change change = new Attempt.Change(
                current.draft(), proposal.next().draft(), proposal.difference(), proposal.bundles(), files);
        Attempt.Result result = attempt.run(change, phases);
        if (!result.isGood()) {
            return takenBack(current, proposal, intent, result, warned);
        }
        Disk.byRoot(intent.written()).forEach(watch);
        Generation now = proposal.next()
                .with(new Generation.Story(
                        clock.instant(), intent.author(), intent.cause(), intent.changes(), version));
        List<Problem> left = new ArrayList<>(now.draft().problems());
        left.addAll(result.worse());
        ledger.applied(now, desk, Optional.of(intent)).ifPresent(left::add);
        phases.end("commit");
        // What passes by itself, such as a database that is away, is said once: how it goes on, its pipeline shows.
        List<Problem> said = Problems.union(left, warned, result.warnings());
        return new Result(ReloadResult.Status.APPLIED, now, intent.epoch(), left, said);
    }

    private Journal.Intent intent(Generation current, Proposal proposal) throws IOException {
        Map<String, String> written = new TreeMap<>();
        proposal.writes()
                .forEach((path, content) ->
                        written.put(path, content.map(FileContent::digest).orElse("")));
        Occasion occasion = proposal.occasion();
        return new Journal.Intent(
                attempt.begin(),
                current.number() + 1,
                occasion.author(),
                occasion.cause(),
                proposal.lines(current),
                writer.read(proposal.writes().keySet()),
                written);
    }

    private static Problem unwritable(IOException e) {
        return Problem.error(
                        "file.unwritable",
                        e.getMessage()
                                + ". So nothing was changed: make room there, set the permissions right, or change"
                                + " the files where they come from")
                .build();
    }

    private Result refused(Generation current, Proposal proposal, long epoch, Problem problem) {
        proposal.bundles().undo();
        return new Result(ReloadResult.Status.REJECTED, current, epoch, List.of(problem), List.of(problem));
    }

    /** What could not be put back is still under way for the journal: the next process tries it once more. */
    private Optional<Problem> ended(String state, Journal.Intent intent, List<Problem> lying) {
        return ledger.takenBack(lying.isEmpty() ? Optional.of(state) : Optional.empty(), desk, intent);
    }

    /** Files that were written are what they were. Gives what could not be. */
    private List<Problem> putBack(Journal.Intent intent) {
        List<Problem> left = new ArrayList<>();
        writer.putBack(intent.writes())
                .forEach((path, reason) -> left.add(Problem.error(
                                "file.unwritable",
                                Disk.shown(path) + " was written and cannot be put back (" + reason
                                        + "): it has to be looked at")
                        .build()));
        return left;
    }

    private Result takenBack(
            Generation current, Proposal proposal, Journal.Intent intent, Attempt.Result result, List<Problem> warned) {
        boolean passing = Participants.isPassing(result.errors());
        if (passing) {
            // No file is to blame: it waits, and is tried again.
            ledger.owe();
        }
        List<Problem> errors = proposal.exact() || passing
                ? Candidates.located(
                        result.errors(),
                        fresh(current, proposal),
                        proposal.next().draft())
                : hold(current, proposal.next(), result.errors());
        List<Problem> left = new ArrayList<>(result.worse());
        List<Problem> lying = putBack(intent);
        left.addAll(lying);
        boolean failed = !left.isEmpty();
        ended(failed ? "failed" : "rolled back", intent, lying).ifPresent(left::add);
        List<Problem> warnings = Problems.without(
                proposal.next().draft().problems(), current.draft().problems());
        return new Result(
                failed ? ReloadResult.Status.FAILED : ReloadResult.Status.ROLLED_BACK,
                current,
                intent.epoch(),
                Problems.union(current.draft().problems(), left),
                Problems.union(errors, left, warned, warnings));
    }

    private static List<String> fresh(Generation current, Proposal proposal) {
        return Candidates.differences(proposal.next().files(), current.files());
    }

    /** What did not come up is not tried again before somebody has changed it. Gives the errors with their places. */
    private List<Problem> hold(Generation current, Generation next, List<Problem> failures) {
        List<String> fresh = Candidates.differences(next.files(), current.files());
        List<Problem> errors = Candidates.located(failures, fresh, next.draft());
        Set<ConfigId> changed = new TreeSet<>(
                Difference.between(current.draft(), next.draft()).puts().keySet());
        Set<ConfigId> suspects = suspects(errors, changed);
        boolean secrets = suspects.stream().anyMatch(next.draft()::hasSecret);
        boolean suspect = suspects.stream().anyMatch(id -> next.draft().isSecretSuspect(id, current.draft()));
        for (String path : fresh) {
            desk.files().takeBack(path, desk.disk().config().get(path), errors, secrets, suspect);
        }
        desk.jars().takeBackNew(next.plugins(), current.plugins(), errors, installer);
        for (ConfigId id : changed) {
            if (fresh.stream().noneMatch(path -> isOf(id, path, current, next))) {
                desk.values().hold(id, next.draft(), held(id, current, next, errors));
            }
        }
        return errors;
    }

    /** Those that did not come up; an error of nobody in particular may be that of each that changed. */
    private static Set<ConfigId> suspects(List<Problem> errors, Set<ConfigId> changed) {
        Set<ConfigId> suspects = new TreeSet<>();
        errors.forEach(error -> error.id().ifPresentOrElse(suspects::add, () -> suspects.addAll(changed)));
        return suspects;
    }

    private static boolean isOf(ConfigId id, String path, Generation current, Generation next) {
        return current.draft().provenance().sources(id).contains(path)
                || next.draft().provenance().sources(id).contains(path);
    }

    private static Problem held(ConfigId id, Generation current, Generation next, List<Problem> errors) {
        String reason = errors.stream()
                .filter(error -> error.id().filter(id::equals).isPresent())
                .findFirst()
                .or(() -> errors.stream().findFirst())
                .map(Problem::message)
                .orElse("it did not come up");
        boolean secret = Difference.isSecretOnly(id, current.draft(), next.draft());
        String message = secret
                ? "the new value of a secret of " + id + " did not come up, and the one before is used on: " + reason
                        + "; set the secret right"
                : "what " + id + " has become without a change of its files, as by the end of an override, did not come"
                        + " up, and goes on as it was: " + reason + "; change what it says";
        return Problem.error(secret ? "secret.held" : "values.held", message)
                .id(id)
                .build();
    }
}
