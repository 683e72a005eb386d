// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.engine.internal.flow.Replay;
import org.snakepipe.engine.internal.quarantine.Quarantined;
import org.snakepipe.engine.internal.settings.PipelineSettings;

/** Sends what is in a quarantine through its pipeline once more, each record once at a time. Thread-safe. */
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
        List<Quarantined> chosen = begin(pipeline, ids);
        long end = System.nanoTime() + deadline.toNanos();
        Map<ConfigId, List<Quarantined>> byPart = new LinkedHashMap<>();
        chosen.forEach(
                one -> byPart.computeIfAbsent(one.by(), id -> new ArrayList<>()).add(one));
        Set<String> left = new HashSet<>(ids(chosen));
        int through = 0;
        try {
            for (Map.Entry<ConfigId, List<Quarantined>> part : byPart.entrySet()) {
                left.removeAll(ids(part.getValue()));
                if (!sent(pipeline, part.getKey(), part.getValue(), end)) {
                    return through;
                }
                through += part.getValue().size();
            }
            return through;
        } finally {
            ended(pipeline, left);
        }
    }

    /** A run that ends meanwhile has sent nothing: the next one does. */
    private boolean sent(ManagedPipeline pipeline, ConfigId by, List<Quarantined> part, long end)
            throws InterruptedException, IOException {
        List<String> ids = ids(part);
        Fate fate = Fate.NOT_SENT;
        try {
            do {
                Replay replay =
                        new Replay(by, part.stream().map(Quarantined::record).toList(), new CompletableFuture<>());
                sender.send(pipeline, replay);
                fate = Fate.UNKNOWN;
                try {
                    fate = fate(replay, end - System.nanoTime());
                } finally {
                    pipeline.forget(replay);
                    if (fate == Fate.UNKNOWN) {
                        replay.done()
                                .whenComplete((arrived, failure) -> late(pipeline, ids, Boolean.TRUE.equals(arrived)));
                    }
                }
            } while (fate == Fate.NOT_SENT && !pipeline.isStopped() && System.nanoTime() < end);
            return fate == Fate.ARRIVED && removed(pipeline, ids);
        } finally {
            if (fate != Fate.UNKNOWN) {
                ended(pipeline, ids);
            }
        }
    }

    private static Fate fate(Replay replay, long nanos) throws InterruptedException {
        try {
            return replay.done().get(Math.max(0, nanos), TimeUnit.NANOSECONDS) ? Fate.ARRIVED : Fate.NOT_SENT;
        } catch (TimeoutException | ExecutionException e) {
            return Fate.UNKNOWN;
        }
    }

    /** What waits for a best-effort sink in memory only would be nowhere after a crash: it stays then, and may come twice. */
    private static boolean removed(ManagedPipeline pipeline, List<String> ids) throws IOException {
        boolean safe = pipeline.secure();
        if (safe) {
            pipeline.quarantine().remove(ids);
        }
        return safe;
    }

    /** Nobody waits for them any more; while they are under way nobody sends them again. */
    private void late(ManagedPipeline pipeline, List<String> ids, boolean arrived) {
        try {
            if (arrived) {
                removed(pipeline, ids);
            }
        } catch (IOException e) {
            LOG.warn("{} records of {} were replayed and stay in the quarantine", ids.size(), pipeline.name(), e);
        } finally {
            ended(pipeline, ids);
        }
    }

    private List<Quarantined> begin(ManagedPipeline pipeline, List<String> ids) throws IOException {
        PipelineSettings settings = pipeline.settings();
        synchronized (underWay) {
            List<Quarantined> all = pipeline.quarantine().all();
            requireKnown(pipeline, ids, ids(all));
            Set<String> busy = underWay.getOrDefault(pipeline.name(), Set.of());
            List<Quarantined> chosen = new ArrayList<>();
            boolean passedOver = false;
            for (Quarantined one : all) {
                boolean named = ids.contains(one.id());
                boolean can = settings != null && isPartOf(settings, one.by());
                if (named && !can) {
                    throw new IllegalArgumentException(one.id() + " was rejected by " + one.by()
                            + ", which is no transform or sink of the pipeline: it cannot be replayed");
                }
                if (can && (named || ids.isEmpty())) {
                    requireIdle(pipeline, one, named && busy.contains(one.id()));
                    passedOver |= busy.contains(one.id());
                    if (!busy.contains(one.id())) {
                        chosen.add(one);
                    }
                }
            }
            if (chosen.isEmpty() && passedOver) {
                throw new IllegalStateException("all of them are being replayed already: wait until they have arrived");
            }
            underWay.computeIfAbsent(pipeline.name(), name -> new HashSet<>()).addAll(ids(chosen));
            return chosen;
        }
    }

    private static boolean isPartOf(PipelineSettings settings, ConfigId by) {
        return settings.route().transforms().contains(by)
                || settings.route().sinks().contains(by)
                || settings.bestEffort().sinks().contains(by);
    }

    private static void requireKnown(ManagedPipeline pipeline, List<String> ids, Collection<String> known) {
        Set<String> all = new HashSet<>(known);
        ids.stream().filter(id -> !all.contains(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException("there is no record " + id + " in the quarantine of " + pipeline.name());
        });
    }

    private static void requireIdle(ManagedPipeline pipeline, Quarantined one, boolean busy) {
        if (busy) {
            throw new IllegalStateException(one.id() + " of the quarantine of " + pipeline.name()
                    + " is being replayed already: wait until it has arrived");
        }
    }

    private void ended(ManagedPipeline pipeline, Collection<String> ids) {
        synchronized (underWay) {
            underWay.getOrDefault(pipeline.name(), Set.of()).removeAll(ids);
        }
    }

    private static List<String> ids(List<Quarantined> all) {
        return all.stream().map(Quarantined::id).toList();
    }
}
