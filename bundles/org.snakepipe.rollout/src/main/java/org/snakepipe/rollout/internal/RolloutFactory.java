// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Outcome;
import org.snakepipe.schema.SchemaSource;

/** Puts the parts of the rollout together. */
public final class RolloutFactory {
    private final Publisher publisher;
    private final Installer installer;
    private final SchemaSource schemas;
    private final SecretWords secrets;
    private final Snapshot snapshot;

    /**
     * With the arms that the rollout moves.
     *
     * @param publisher writes configurations
     * @param installer moves bundles
     * @param schemas   what staged jars and the shipped bundles know
     * @param secrets   of this process
     * @param snapshot  what others may ask
     */
    public RolloutFactory(
            Publisher publisher, Installer installer, SchemaSource schemas, SecretWords secrets, Snapshot snapshot) {
        this.publisher = publisher;
        this.installer = installer;
        this.schemas = schemas;
        this.secrets = secrets;
        this.snapshot = snapshot;
    }

    /**
     * The loop, not yet started.
     *
     * @param data      where to remember
     * @param config    the configuration directory, as a name for what last good belongs to
     * @param version   of the product
     * @param variables the process environment
     * @param clock     for receipts
     * @param listeners hear each receipt
     * @param published called once the first generation is published
     * @param settled   called once its receipt is given
     * @param running   opens when everything that it is for has been started
     * @return the loop
     */
    public RolloutLoop loop(
            Path data,
            String config,
            String version,
            Map<String, String> variables,
            Clock clock,
            Consumer<Outcome> listeners,
            Runnable published,
            Runnable settled,
            CountDownLatch running) {
        return loop(new Storage(), data, config, version, variables, clock, listeners, published, settled, running);
    }

    RolloutLoop loop(
            Storage storage,
            Path data,
            String config,
            String version,
            Map<String, String> variables,
            Clock clock,
            Consumer<Outcome> listeners,
            Runnable published,
            Runnable settled,
            CountDownLatch running) {
        GenerationStore store = new GenerationStore(storage, data, snapshot.environment(), config, version, clock);
        Ledger ledger = new Ledger(store);
        Participants participants = new Participants();
        Attempt attempt = new Attempt(publisher, participants);
        Desk desk = Desk.empty();
        Judge judge = new Judge(new Drafter(snapshot.environment(), variables, secrets, clock, schemas), desk);
        Receipts receipts = new Receipts(snapshot, listeners);
        Rollout rollout = new Rollout(desk, judge, installer, schemas, attempt, ledger, receipts);
        Boot boot = new Boot(desk, judge, rollout, installer, attempt, store, ledger);
        return new RolloutLoop(desk.disk(), rollout, boot, attempt, participants, clock, published, settled, running);
    }
}
