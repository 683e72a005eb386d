// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.control;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.Participant;
import org.snakepipe.control.PipelineEffect;
import org.snakepipe.control.Pipelines;
import org.snakepipe.control.Plan;
import org.snakepipe.control.Secrets;
import org.snakepipe.engine.internal.part.Parts;
import org.snakepipe.engine.internal.part.Resources;

/**
 * Owns everything that lives. Decisions are made on one thread; what is wanted comes from the rollout, in
 * {@link #settle}. While held, nothing is begun.
 */
public final class Engine implements Participant, AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Duration close;
    private final ControlThread control = new ControlThread();
    private final Map<String, ManagedPipeline> pipelines = new ConcurrentSkipListMap<>();
    private final Reconciler reconciler;
    private final PipelineDesk desk;
    private final Object lock = new Object();
    /** Under the lock, as any thread may say that something changed. */
    private boolean held = true;
    /** Whether something changed that was not looked at, as it came while held or a transaction was more urgent. */
    private boolean missed;

    /**
     * Nothing lives yet; held until the first {@link #settle}.
     *
     * @param data    the data directory
     * @param parts   the definitions that are there
     * @param secrets fills in words
     * @param once    whether only one pipeline is to run, to its end, see {@link Pipelines#once}
     */
    public Engine(Path data, Parts parts, Secrets secrets, boolean once) {
        this(data, parts, secrets, DRAIN, CLOSE, once ? Selection.one() : Selection.all());
    }

    /** With other times. @param drain for a pipeline that is replaced @param close for all, at the end */
    Engine(Path data, Parts parts, Secrets secrets, Duration drain, Duration close, Selection selection) {
        this.close = close;
        Environs environs = new Environs(data, parts, new Resources(parts), secrets, drain, selection);
        reconciler = new Reconciler(environs, control, pipelines, this::reconcileUnlessHeld);
        desk = new PipelineDesk(control, pipelines, selection, this::reconcile);
    }

    /**
     * What people see of the pipelines and do with them.
     *
     * @return the service
     */
    public Pipelines desk() {
        return desk;
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public void hold(long epoch) throws InterruptedException {
        control.urge();
        // On the control thread, so that what is being decided there comes to its end before.
        control.run(() -> {
            synchronized (lock) {
                held = true;
            }
        });
    }

    @Override
    public List<Problem> settle(long epoch, Map<ConfigId, String> ids, Duration deadline) throws InterruptedException {
        return control.call(() -> {
            setMissed(false);
            return reconciler.all(ids, deadline);
        });
    }

    @Override
    public List<PipelineEffect> effects(List<Plan.Change> changes) {
        return Forecast.of(changes, desk.list());
    }

    @Override
    public void release(long epoch) {
        control.later(() -> {
            boolean again;
            synchronized (lock) {
                held = false;
                again = missed;
            }
            if (again) {
                reconcileUnlessHeld();
            }
        });
    }

    /** A definition has come, or gone while its bundle stays: what waits may start. From any thread. */
    public void partsChanged() {
        // In the middle of a change, when it matters how long it takes, no thread is woken to find that it has nothing
        // to do.
        if (!missIfHeld()) {
            control.later(this::reconcileUnlessHeld);
        }
    }

    /** Remembers that something changed, while held. @return whether it is held */
    private boolean missIfHeld() {
        synchronized (lock) {
            missed |= held;
            return held;
        }
    }

    private void setMissed(boolean now) {
        synchronized (lock) {
            missed = now;
        }
    }

    /**
     * The bundle of a definition stops: what uses it lets things arrive and closes before this returns, because no class of
     * the bundle can be relied on afterwards. On the thread that stops the bundle.
     *
     * @param id of the definition
     */
    public void partLeaving(ConfigId id) {
        try {
            for (ManagedPipeline pipeline : pipelines.values()) {
                pipeline.partLeaving(id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        partsChanged();
    }

    private void reconcileUnlessHeld() {
        if (missIfHeld()) {
            return;
        }
        try {
            reconcile();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() throws InterruptedException {
        // Before it looks, so that nothing that comes meanwhile is forgotten.
        setMissed(false);
        boolean done = false;
        try {
            done = reconciler.each();
        } finally {
            if (!done) {
                setMissed(true);
            }
        }
    }

    /** Drains all pipelines at the same time, and closes. */
    @Override
    public void close() {
        control.close();
        List<Thread> stopping = new ArrayList<>();
        for (ManagedPipeline pipeline : pipelines.values()) {
            Thread thread = new Thread(() -> stopQuietly(pipeline), "engine-stop");
            thread.setDaemon(true);
            thread.start();
            stopping.add(thread);
        }
        try {
            for (Thread thread : stopping) {
                thread.join(close.plus(GRACE).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopQuietly(ManagedPipeline pipeline) {
        try {
            pipeline.shut(close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
