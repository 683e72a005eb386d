// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.GenerationInfo;
import org.snakepipe.control.Installer;
import org.snakepipe.control.ReloadResult;
import org.snakepipe.control.UnappliedFile;

/**
 * What is in force, what could be gone back to, what is wrong, and the receipts that say so. Used by one thread; what others may
 * know goes into the {@link Receipts}.
 */
final class Standing {
    /** How what is good and not in force comes into force. */
    static final String LATER = "; it goes live with the next change that is accepted, or when somebody retries";

    private final Desk desk;
    private final Installer installer;
    private final Ledger ledger;
    private final Confirmation confirmation;
    private final Receipts receipts;
    private final Foreign foreign;

    private Generation current = Generation.NONE;
    private List<GenerationInfo> history = List.of();
    private List<Problem> left = List.of();
    private List<Problem> lying = List.of();
    private List<Problem> news = List.of();
    private List<Problem> notes = List.of();
    private String whyWaiting = "";

    Standing(
            Desk desk,
            Installer installer,
            Ledger ledger,
            Confirmation confirmation,
            Receipts receipts,
            Foreign foreign) {
        this.desk = desk;
        this.installer = installer;
        this.ledger = ledger;
        this.confirmation = confirmation;
        this.receipts = receipts;
        this.foreign = foreign;
    }

    Generation current() {
        return current;
    }

    Desk desk() {
        return desk;
    }

    Confirmation confirmation() {
        return confirmation;
    }

    /** What is in force from now on. */
    void become(Generation generation) {
        current = generation;
    }

    /** What is in force can be gone back to, as can those before. @param before the newest first */
    void remember(List<GenerationInfo> before) {
        List<GenerationInfo> all = new ArrayList<>();
        all.add(current.info(receipts.environment()));
        before.stream().filter(one -> one.number() != current.number()).forEach(all::add);
        history = List.copyOf(all.subList(0, Math.min(all.size(), GenerationStore.KEPT)));
        installer.keep(
                history.stream().flatMap(one -> one.plugins().values().stream()).collect(Collectors.toSet()));
    }

    /** The same with those that are known already. */
    void remember() {
        remember(history);
    }

    /** What is held is another: it has to be so after a restart too. */
    void heldChanged() {
        ledger.heldChanged(desk);
    }

    /** A proposal begins. @param said what is wrong besides, and has just come up @param aside what who saved should know */
    void begin(List<Problem> said, List<Problem> aside) {
        news = said;
        notes = aside;
    }

    List<Problem> news() {
        return news;
    }

    /** More that has just come up. */
    void addNews(List<Problem> problems) {
        news = Problems.union(news, problems);
    }

    /** Why files that are good are not in force; empty when none waits. */
    void waitFor(String reason) {
        whyWaiting = reason;
    }

    /** What is not in force of what lies on the disk. */
    List<UnappliedFile> unapplied() {
        boolean pending = confirmation.pending().isPresent();
        return Unapplied.files(
                desk,
                current,
                pending ? UnappliedFile.State.PENDING : UnappliedFile.State.WAITING,
                whyWaiting.isEmpty() ? "it has not been tried yet" + LATER : whyWaiting);
    }

    /** Begins a receipt. */
    ReloadResult.Builder receipt(ReloadResult.Status status, Occasion occasion, List<Problem> problems) {
        return ReloadResult.of(status, current.number(), occasion.cause())
                .author(occasion.author())
                .problems(Problems.union(news, problems, notes));
    }

    /**
     * Gives the receipt of what was brought to its end, or taken back.
     *
     * @param problems what is wrong from now on, besides what is held, until the next is brought to its end
     * @param epoch    the attempt; 0 when nothing was begun, and nobody has to write it down
     */
    ReloadResult settled(ReloadResult.Builder receipt, List<Problem> problems, long epoch) {
        left = Problems.without(problems, current.draft().problems());
        lying = current.draft().problems();
        return finish(receipt, epoch, receipts::give);
    }

    /**
     * Gives the receipt of what was looked at, and does not come into force, or not yet.
     *
     * @param found what is wrong with what it is made of, in the place of what was wrong with what lay there before
     */
    ReloadResult refused(ReloadResult.Builder receipt, Proposal proposal, List<Problem> found) {
        if (!proposal.exact()) {
            // Of files that were given nothing lies on the disk: what was wrong there is what it was.
            lying = List.copyOf(found);
        }
        return finish(receipt, 0, receipts::give);
    }

    /** Gives a receipt when nothing was looked at: what is wrong is what it was. */
    ReloadResult tell(ReloadResult.Builder receipt) {
        return finish(receipt, 0, receipts::give);
    }

    /** The same of a question that names nothing: the last change is what it was. */
    ReloadResult answer(ReloadResult.Builder receipt) {
        return finish(receipt, 0, receipts::answer);
    }

    private ReloadResult finish(
            ReloadResult.Builder receipt, long epoch, BiConsumer<ReloadResult, Snapshot.State> everybody) {
        List<UnappliedFile> unapplied = unapplied();
        List<String> waiting = unapplied.stream()
                .filter(file ->
                        file.state() == UnappliedFile.State.WAITING || file.state() == UnappliedFile.State.PENDING)
                .map(UnappliedFile::path)
                .toList();
        ReloadResult result = receipt.files(desk.held(), waiting).at(Instant.now());
        if (epoch > 0) {
            left = Problems.union(left, ledger.recorded(epoch, result));
        }
        everybody.accept(
                result,
                new Snapshot.State(
                        current,
                        Optional.of(result),
                        Problems.union(lying, left, desk.problems(), foreign.problems(current.draft())),
                        unapplied,
                        confirmation.pending(),
                        history));
        return result;
    }
}
