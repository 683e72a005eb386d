// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Outcome;
import org.snakepipe.control.PluginChange;
import org.snakepipe.schema.SchemaSource;

/**
 * One change at a time, whole or not at all: candidate, draft, plan, check, attempt, commit or back. Used by one thread; what
 * others may know goes into the {@link Receipts}.
 */
final class Rollout {
    private final Desk desk;
    private final Judge judge;
    private final Installer installer;
    private final SchemaSource schemas;
    private final Attempt attempt;
    private final Ledger ledger;
    private final Receipts receipts;

    private Generation current = Generation.NONE;
    private Optional<Instant> nextExpiry = Optional.empty();
    private List<Problem> found = List.of();
    private List<Problem> news = List.of();
    private List<Problem> notes = List.of();

    Rollout(
            Desk desk,
            Judge judge,
            Installer installer,
            SchemaSource schemas,
            Attempt attempt,
            Ledger ledger,
            Receipts receipts) {
        this.desk = desk;
        this.judge = judge;
        this.installer = installer;
        this.schemas = schemas;
        this.attempt = attempt;
        this.ledger = ledger;
        this.receipts = receipts;
    }

    Generation current() {
        return current;
    }

    /** What boot brought into force. @param left what is wrong besides what is held */
    void begin(Generation generation, Outcome outcome, List<Problem> left) {
        current = generation;
        nextExpiry = generation.draft().provenance().nextExpiry();
        found = left;
        finish(outcome);
    }

    /** Takes what changed and brings it into force, if it can be. */
    void change(List<ChangeSet> sets) throws InterruptedException {
        sets.forEach(desk.disk()::apply);
        desk.files().releaseChanged(desk.disk().config());
        run(Occasion.of(sets));
    }

    /** Another secret has come: what was held for one may be tried again with the next change. */
    void releaseForSecrets() {
        desk.files().releaseForSecrets();
    }

    /** Looks again at what lies there: a secret, or the end of an override, gives it other values without a file. */
    void again(String cause) throws InterruptedException {
        // Should this fail, it is not tried without end: the next change looks at it anyway.
        nextExpiry = Optional.empty();
        run(Occasion.of(cause));
    }

    /** When an override ends, so that {@link #again} is due. */
    Optional<Instant> nextExpiry() {
        return nextExpiry;
    }

    /** Whether something could not be done for want of room on the disk. */
    boolean isOwing() {
        return ledger.isOwing() || desk.jars().isWaitingForRoom();
    }

    /** Does what could not be done for want of room, if there is some now. */
    void tryAgain() throws InterruptedException {
        if (ledger.canWrite()) {
            run(Occasion.of("there is room in the data directory again"));
        }
    }

    private void run(Occasion occasion) throws InterruptedException {
        Generation before = current;
        Optional<Instant> due = nextExpiry;
        decide(occasion);
        if (current == before) {
            // What runs on may hold an override that what was refused does not.
            nextExpiry = Stream.concat(due.stream(), nextExpiry.stream()).min(Instant::compareTo);
        }
    }

    private void decide(Occasion occasion) throws InterruptedException {
        Phases phases = new Phases();
        Jars jars = desk.jars();
        List<Problem> jarsBefore = jars.problems();
        Map<String, String> plugins = jars.stage(desk.disk(), current.plugins(), installer);
        phases.end("stage");
        PluginChange bundles = jars.prepare(plugins, current.plugins(), installer);
        phases.end("check");
        releaseFor(pidsOf(plugins));
        Judge.Verdict verdict = judge.change(current, plugins, occasion.touched());
        Draft draft = verdict.draft();
        nextExpiry = draft.provenance().nextExpiry();
        phases.end("validate");
        found = draft.problems();
        notes = Shadows.notes(current.draft(), draft, occasion.touched());
        if (!verdict.isGood()) {
            bundles.undo();
            if (verdict.jars()) {
                jars.takeBackNew(plugins, current.plugins(), verdict.errors(), installer);
                found = Problems.without(found, verdict.errors());
            }
            news = news(occasion, jarsBefore);
            end(Outcome.Status.REJECTED, occasion.cause(), List.of(), found, phases);
            return;
        }
        news = news(occasion, jarsBefore);
        Generation next = next(verdict, plugins, judge.inForce(current, verdict));
        Plan plan = Plan.between(current.draft(), next.draft());
        phases.end("plan");
        if (plan.isEmpty() && bundles.isEmpty()) {
            // Also an empty change is committed: the reasons why jars wait come into force with it.
            bundles.commit();
            unchanged(next, occasion.cause(), phases);
            return;
        }
        List<String> lines = new ArrayList<>(Jars.lines(current.plugins(), plugins));
        lines.addAll(plan.lines());
        attempt(next, bundles, lines, occasion.cause(), phases);
    }

    private List<Problem> news(Occasion occasion, List<Problem> jarsBefore) {
        return Problems.union(
                occasion.unreadable(), Problems.without(desk.jars().problems(), jarsBefore));
    }

    private Generation next(Judge.Verdict verdict, Map<String, String> plugins, Draft draft) {
        return new Generation(current.number() + 1, verdict.files(), plugins, draft);
    }

    private void releaseFor(Set<String> pids) {
        desk.files().releaseFor(pids);
        desk.values().releaseFor(pids);
    }

    /** PIDs of the plugins that are not what they were. */
    private Set<String> pidsOf(Map<String, String> plugins) {
        Set<String> digests = new TreeSet<>(plugins.values());
        digests.removeAll(current.plugins().values());
        Set<String> pids = new TreeSet<>();
        if (!digests.isEmpty()) {
            schemas.schemas(digests).forEach(schema -> pids.add(schema.pid()));
            schemas.schemas(Set.of()).forEach(schema -> pids.remove(schema.pid()));
        }
        return pids;
    }

    private void unchanged(Generation next, String cause, Phases phases) {
        Generation same = new Generation(current.number(), next.files(), next.plugins(), next.draft());
        boolean words = !Candidates.differences(same.files(), current.files()).isEmpty();
        current = same;
        List<Problem> said = new ArrayList<>(same.draft().problems());
        if (words || ledger.isOwing()) {
            ledger.same(same).ifPresent(said::add);
        }
        found = List.copyOf(said);
        Outcome.Status status = news.isEmpty() ? Outcome.Status.UNCHANGED : Outcome.Status.REJECTED;
        end(status, cause, List.of(), news.isEmpty() ? said : List.of(), phases);
    }

    private void attempt(Generation next, PluginChange bundles, List<String> lines, String cause, Phases phases)
            throws InterruptedException {
        long epoch = attempt.nextEpoch();
        Optional<Problem> unwritable = ledger.intend(epoch, cause, lines);
        if (unwritable.isPresent()) {
            bundles.undo();
            found = List.of(unwritable.get());
            end(Outcome.Status.REJECTED, cause, List.of(), found, phases);
            return;
        }
        phases.end("journal");
        Attempt.Result result = attempt.run(current.draft(), next.draft(), bundles, phases);
        if (!result.isGood()) {
            takenBack(next, result, epoch, cause, lines, phases);
            return;
        }
        current = next;
        List<Problem> left = new ArrayList<>(next.draft().problems());
        ledger.applied(current, desk.files(), epoch, cause, lines).ifPresent(left::add);
        found = List.copyOf(left);
        // What passes by itself, such as a database that is away, is said once: how it goes on, its pipeline shows.
        left.addAll(result.warnings());
        phases.end("commit");
        end(Outcome.Status.APPLIED, cause, lines, left, phases);
    }

    private void takenBack(
            Generation next, Attempt.Result result, long epoch, String cause, List<String> lines, Phases phases) {
        List<Problem> errors = hold(next, result.errors());
        List<Problem> left = new ArrayList<>(result.worse());
        boolean failed = !left.isEmpty();
        ledger.takenBack(failed ? "failed" : "rolled back", desk.files(), epoch, cause, lines)
                .ifPresent(left::add);
        found = Problems.union(current.draft().problems(), left);
        List<Problem> warnings =
                Problems.without(next.draft().problems(), current.draft().problems());
        Outcome.Status status = failed ? Outcome.Status.FAILED : Outcome.Status.ROLLED_BACK;
        end(status, cause, lines, Problems.union(errors, left, warnings), phases);
    }

    /** What did not come up is not tried again before somebody has changed it. Gives the errors with their places. */
    private List<Problem> hold(Generation next, List<Problem> failures) {
        List<String> fresh = Candidates.differences(next.files(), current.files());
        List<Problem> errors = Candidates.located(failures, fresh, next.draft());
        Set<ConfigId> changed =
                new TreeSet<>(Plan.between(current.draft(), next.draft()).puts().keySet());
        boolean secrets = changed.stream().anyMatch(next.draft()::hasSecret);
        for (String path : fresh) {
            desk.files().takeBack(path, desk.disk().config().get(path), errors, secrets);
        }
        desk.jars().takeBackNew(next.plugins(), current.plugins(), errors, installer);
        for (ConfigId id : changed) {
            if (fresh.stream().noneMatch(path -> isOf(id, path, next))) {
                desk.values().hold(id, next.draft(), held(id, next, errors));
            }
        }
        return errors;
    }

    private boolean isOf(ConfigId id, String path, Generation next) {
        return current.draft().provenance().sources(id).contains(path)
                || next.draft().provenance().sources(id).contains(path);
    }

    private Problem held(ConfigId id, Generation next, List<Problem> errors) {
        String reason = errors.stream()
                .filter(error -> error.id().filter(id::equals).isPresent())
                .findFirst()
                .or(() -> errors.stream().findFirst())
                .map(Problem::message)
                .orElse("it did not come up");
        boolean secret = Plan.isSecretOnly(id, current.draft(), next.draft());
        String message = secret
                ? "the new value of a secret of " + id + " did not come up, and the one before is used on: " + reason
                        + "; set the secret right"
                : "what " + id + " has become without a change of its files, as by the end of an override, did not come"
                        + " up, and goes on as it was: " + reason + "; change what it says";
        return Problem.error(secret ? "secret.held" : "values.held", message)
                .id(id)
                .build();
    }

    private void end(Outcome.Status status, String cause, List<String> lines, List<Problem> problems, Phases phases) {
        long previous = status == Outcome.Status.APPLIED ? current.number() - 1 : current.number();
        finish(new Outcome(
                status,
                current.number(),
                previous,
                cause,
                lines,
                Problems.union(news, problems, notes),
                desk.files().paths(),
                phases.durations(),
                Instant.now()));
    }

    private void finish(Outcome outcome) {
        receipts.give(outcome, current, Problems.union(found, desk.problems()));
    }
}
