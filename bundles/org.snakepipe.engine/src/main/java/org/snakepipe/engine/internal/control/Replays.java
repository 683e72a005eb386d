// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.flow.Replay;
import org.snakepipe.engine.internal.quarantine.QuarantineReader;
import org.snakepipe.engine.internal.quarantine.Quarantined;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/**
 * Sends what is in a quarantine through its pipeline once more, each record once at a time, and no more at once than a batch may
 * have. Thread-safe.
 */
final class Replays {
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final Sender sender;
    /** Pipeline to the ids of records that somebody is replaying. */
    private final Map<String, Set<String>> underWay = new LinkedHashMap<>();

    /** Gives a replay to the run of its pipeline, or to the next one. */
    @FunctionalInterface
    interface Sender {
        /** Does so. */
        void send(ManagedPipeline pipeline, Replay replay) throws InterruptedException, IOException;
    }

    private enum Fate {
        ARRIVED,
        /** Nobody has had it: it may be sent again. */
        NOT_SENT,
        /** It may still arrive. */
        UNKNOWN
    }

    Replays(Sender sender) {
        this.sender = sender;
    }

    /**
     * Replays records, and waits until they have arrived.
     *
     * @param ids of records; empty for all that can be replayed and are not under way
     * @return how many arrived, or were rejected and kept again, in time; the others stay in the quarantine
     */
    int replay(ManagedPipeline pipeline, List<String> ids, Duration deadline) throws InterruptedException, IOException {
        require(pipeline, ids);
        ReplayRound round = new ReplayRound(pipeline.settings(), System.nanoTime() + deadline.toNanos());
        try (QuarantineReader reader = pipeline.quarantine().read(ids)) {
            Optional<Quarantined> next;
            boolean inTime = true;
            while (inTime && (next = reader.next()).isPresent()) {
                Quarantined one = next.get();
                if (!isPartOf(pipeline.settings(), one.by())) {
                    requireNotNamed(one, ids);
                } else if (begin(pipeline, one.id())) {
                    List<Quarantined> full = round.add(one);
                    inTime = full.isEmpty() || sent(pipeline, full, round);
                } else {
                    round.passedOver();
                }
            }
            for (List<Quarantined> rest : round.rest()) {
                inTime = inTime && sent(pipeline, rest, round);
            }
            if (!ids.isEmpty() && !reader.damaged().isEmpty()) {
                throw new IOException(String.join("; ", reader.damaged()));
            }
            round.requireSome();
            return round.through();
        } finally {
            ended(pipeline, round.unsent());
        }
    }

    /** A run that ends meanwhile has sent nothing: the next one does. @return whether they were through in time */
    private boolean sent(ManagedPipeline pipeline, List<Quarantined> part, ReplayRound round)
            throws InterruptedException, IOException {
        List<String> ids = part.stream().map(Quarantined::id).toList();
        round.sending(ids);
        Fate fate = Fate.NOT_SENT;
        try {
            Replay replay;
            do {
                replay = new Replay(part.get(0).by(), part);
                sender.send(pipeline, replay);
                fate = Fate.UNKNOWN;
                try {
                    fate = fate(replay, round.nanosLeft());
                } finally {
                    pipeline.forget(replay);
                    if (fate == Fate.UNKNOWN) {
                        Replay late = replay;
                        late.done()
                                .whenComplete(
                                        (arrived, failure) -> late(pipeline, ids, late, Boolean.TRUE.equals(arrived)));
                    }
                }
            } while (fate == Fate.NOT_SENT && !pipeline.isStopped() && round.nanosLeft() > 0);
            return fate == Fate.ARRIVED && arrived(pipeline, ids, replay, round);
        } finally {
            if (fate != Fate.UNKNOWN) {
                ended(pipeline, ids);
            }
        }
    }

    private static boolean arrived(ManagedPipeline pipeline, List<String> ids, Replay replay, ReplayRound round)
            throws IOException {
        boolean removed = removed(pipeline, ids, replay);
        int stayed = replay.stayed().size();
        round.arrived(removed ? ids.size() - stayed : 0);
        if (stayed > 0) {
            throw new IOException(stayed
                    + (stayed == 1 ? " record stays" : " records stay")
                    + " in the quarantine as " + (stayed == 1 ? "it was" : "they were") + ": " + replay.reason()
                    + (round.through() == 0 ? "" : "; " + round.through() + " went through"));
        }
        return removed;
    }

    private static Fate fate(Replay replay, long nanos) throws InterruptedException {
        try {
            return replay.done().get(Math.max(0, nanos), TimeUnit.NANOSECONDS) ? Fate.ARRIVED : Fate.NOT_SENT;
        } catch (TimeoutException | ExecutionException e) {
            return Fate.UNKNOWN;
        }
    }

    /** What waits for a best-effort sink in memory only would be nowhere after a crash: it stays then, and may come twice. */
    private static boolean removed(ManagedPipeline pipeline, List<String> ids, Replay replay) throws IOException {
        boolean safe = pipeline.secure();
        if (safe) {
            Set<String> stayed = replay.stayed();
            pipeline.quarantine()
                    .remove(ids.stream().filter(id -> !stayed.contains(id)).toList());
            pipeline.roomMade();
        }
        return safe;
    }

    /** Nobody waits for them any more; while they are under way nobody sends them again. */
    private void late(ManagedPipeline pipeline, List<String> ids, Replay replay, boolean arrived) {
        try {
            if (arrived) {
                removed(pipeline, ids, replay);
            }
        } catch (IOException e) {
            LOG.warn("{} records of {} were replayed and stay in the quarantine", ids.size(), pipeline.name(), e);
        } finally {
            ended(pipeline, ids);
        }
    }

    /**
     * Removes records for good.
     *
     * @param ids of records, or of files; empty for all
     * @return how many were there
     */
    long remove(ManagedPipeline pipeline, List<String> ids) throws IOException {
        synchronized (underWay) {
            Set<String> busy = underWay.getOrDefault(pipeline.name(), Set.of());
            Optional<String> one = busy.stream()
                    .filter(id -> ids.isEmpty() || ids.contains(id) || ids.contains(id.substring(0, id.indexOf('.'))))
                    .findFirst();
            one.ifPresent(id -> requireIdle(pipeline, id, true));
            requireKnown(pipeline, ids, true);
            long gone = ids.isEmpty()
                    ? pipeline.quarantine().removeAll()
                    : pipeline.quarantine().remove(ids);
            pipeline.roomMade();
            return gone;
        }
    }

    private void require(ManagedPipeline pipeline, List<String> ids) throws IOException {
        requireKnown(pipeline, ids, false);
        synchronized (underWay) {
            Set<String> busy = underWay.getOrDefault(pipeline.name(), Set.of());
            ids.forEach(id -> requireIdle(pipeline, id, busy.contains(id)));
        }
        if (ids.isEmpty()) {
            return;
        }
        // Before any is sent: who names one that cannot be replayed has made a mistake with all.
        try (QuarantineReader reader = pipeline.quarantine().read(ids)) {
            Optional<Quarantined> next;
            while ((next = reader.next()).isPresent()) {
                if (!isPartOf(pipeline.settings(), next.get().by())) {
                    requireNotNamed(next.get(), ids);
                }
            }
        }
    }

    /** Nobody else replays it, and nobody has since it was read. */
    private boolean begin(ManagedPipeline pipeline, String id) {
        synchronized (underWay) {
            return pipeline.quarantine().has(id)
                    && underWay.computeIfAbsent(pipeline.name(), name -> new HashSet<>())
                            .add(id);
        }
    }

    private static boolean isPartOf(PipelineSettings settings, ConfigId by) {
        return settings != null
                && (settings.route().transforms().contains(by)
                        || settings.route().sinks().contains(by)
                        || settings.bestEffort().sinks().contains(by));
    }

    private static void requireNotNamed(Quarantined one, List<String> ids) {
        if (ids.contains(one.id())) {
            throw new IllegalArgumentException(one.id() + " was rejected by " + one.by()
                    + ", which is no transform or sink of the pipeline: it cannot be replayed");
        }
    }

    private static void requireKnown(ManagedPipeline pipeline, List<String> ids, boolean files) throws IOException {
        pipeline.quarantine().missing(ids, files).ifPresent(id -> {
            throw new IllegalArgumentException("there is no record " + id + " in the quarantine of " + pipeline.name());
        });
    }

    private static void requireIdle(ManagedPipeline pipeline, String id, boolean busy) {
        if (busy) {
            throw new IllegalStateException(id + " of the quarantine of " + pipeline.name()
                    + " is being replayed already: wait until it has arrived");
        }
    }

    private void ended(ManagedPipeline pipeline, Collection<String> ids) {
        synchronized (underWay) {
            Set<String> busy = underWay.get(pipeline.name());
            if (busy != null) {
                busy.removeAll(Set.copyOf(ids));
            }
        }
    }
}
