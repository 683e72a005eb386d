// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.rollout.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.Installer;
import org.snakepipe.control.Recorder;
import org.snakepipe.control.ReloadListener;
import org.snakepipe.schema.SchemaSource;

/** Puts the parts of the rollout together. */
public final class RolloutFactory {
    /** What is remembered below the data directory. */
    private static final List<String> PRIVATE = List.of("last-good", "generations", "held", "pending", "journal");

    /** After this at the latest the clock is looked at again: it may be set forward, or the machine sleep. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Publisher publisher;
    private final Installer installer;
    private final SchemaSource schemas;
    private final SecretWords secrets;
    private final Supplier<List<Recorder>> recorders;
    private final ServiceSource services;
    private Participants participants =
            new Participants(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(2));
    private Duration checks = Duration.ofSeconds(10);
    private Duration records = Duration.ofSeconds(10);
    private BiConsumer<ChangeSet.Root, Map<String, String>> watch = (root, written) -> {};
    private Duration start = Duration.ofSeconds(20);

    /**
     * With the arms that the rollout moves.
     *
     * @param publisher writes configurations
     * @param installer moves bundles
     * @param schemas   what staged jars and the shipped bundles know
     * @param secrets   of this process
     * @param recorders gives those who write down what is done
     * @param services  for those who check
     */
    public RolloutFactory(
            Publisher publisher,
            Installer installer,
            SchemaSource schemas,
            SecretWords secrets,
            Supplier<List<Recorder>> recorders,
            ServiceSource services) {
        this.publisher = publisher;
        this.installer = installer;
        this.schemas = schemas;
        this.secrets = secrets;
        this.recorders = recorders;
        this.services = services;
    }

    /**
     * Where the runtime is.
     *
     * @param environment its name
     * @param data        where to remember
     * @param config      the configuration directory
     * @param deploy      the directory that plugins are dropped into
     * @param version     of the product
     * @param variables   the process environment
     * @param clock       for receipts
     * @param drift       what is done when somebody else writes a configuration of ours
     */
    public record House(
            String environment,
            Path data,
            Path config,
            Path deploy,
            String version,
            Map<String, String> variables,
            Clock clock,
            DriftPolicy drift) {
        /** Copies the variables. */
        public House {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * Who hears what.
     *
     * @param listener  hears of each phase and each receipt
     * @param published called once the first generation is published
     * @param settled   called once its receipt is given
     * @param running   opens when everything that it is for has been started
     */
    public record Signals(ReloadListener listener, Runnable published, Runnable settled, CountDownLatch running) {}

    /**
     * The service, its loop not yet started.
     *
     * @param house   where the runtime is
     * @param signals who hears what
     * @return the service
     */
    public RolloutService service(House house, Signals signals) {
        return service(new Storage(), house, signals);
    }

    /** The same with less patience with checks. */
    RolloutFactory checkingWithin(Duration other) {
        checks = other;
        return this;
    }

    /** The same with another patience with each call of those who take part. */
    RolloutFactory answeringWithin(Duration other) {
        participants = new Participants(other, other, Duration.ZERO);
        return this;
    }

    /** The same with another patience with each call of a recorder. */
    RolloutFactory recordingWithin(Duration other) {
        records = other;
        return this;
    }

    /**
     * The same with another patience with bundles that start.
     *
     * @param other how long those of a change may take together
     * @return this
     */
    public RolloutFactory startingWithin(Duration other) {
        start = other;
        return this;
    }

    /**
     * The same with somebody who watches what is written.
     *
     * @param other hears of the root, and of the digest of each path in it; empty for a file that was deleted
     * @return this
     */
    public RolloutFactory watchedBy(BiConsumer<ChangeSet.Root, Map<String, String>> other) {
        watch = other;
        return this;
    }

    RolloutService service(Storage storage, House house, Signals signals) {
        String environment = house.environment();
        PRIVATE.forEach(name -> storage.close(house.data().resolve(name)));
        String configRoot = house.config().toString();
        String remembered = Remembered.name(storage, house.data(), environment, configRoot);
        Damage damage = new Damage();
        GenerationStore store = new GenerationStore(
                storage,
                house.data(),
                remembered,
                environment,
                configRoot,
                house.version(),
                digests -> Migration.versions(installer, digests),
                damage);
        HeldStore held = new HeldStore(storage, house.data(), remembered, damage);
        Journal journal = new Journal(storage, house.data(), remembered, configRoot, house.clock(), damage);
        ConfigWriter writer = new ConfigWriter(house.config(), house.data().resolve("overrides"), house.deploy());
        Memory memory = new Memory(environment, store, held, journal, writer, house.clock(), damage);
        Ledger ledger = new Ledger(journal, store, held, new Recorders(recorders, records));
        StoppedBundles stopped = new StoppedBundles(publisher, installer);
        Attempt attempt = new Attempt(publisher, participants, stopped, start);
        Desk desk = Desk.empty();
        Judge judge = new Judge(drafter(environment, house), desk);
        Snapshot snapshot = new Snapshot(environment);
        Proposer proposer = new Proposer(desk, judge, installer, schemas, environment, signals.listener());
        Confirmation confirmation = new Confirmation(storage, house.data(), remembered, house.clock());
        Plans plans = new Plans(environment, participants);
        Foreign foreign = new Foreign(publisher);
        Receipts receipts = new Receipts(snapshot, signals.listener()::ended);
        Standing standing = new Standing(desk, installer, ledger, confirmation, receipts, foreign);
        Waiting waiting = new Waiting(standing, proposer, plans);
        Echoes echoes = new Echoes(writer);
        Rollout rollout = new Rollout(
                standing,
                proposer,
                new Checker(installer, secrets, services, stopped, house.data(), checks),
                new Execution(desk, installer, attempt, ledger, writer, echoes, watch, house.clock(), house.version()),
                ledger,
                plans,
                new Refusals(standing, installer, waiting),
                waiting,
                echoes);
        Boot boot = new Boot(
                desk,
                judge,
                rollout,
                installer,
                new Migration(drafter(environment, house), installer, checks.toMillis()),
                attempt,
                memory,
                ledger,
                signals.listener());
        Commands commands = new Commands(rollout, ledger, store, writer, new JarChanges(installer, desk));
        RolloutLoop loop = new RolloutLoop(
                new JobQueue(house.clock(), LOOK),
                desk.disk(),
                rollout,
                commands,
                new Drift(
                        publisher,
                        attempt,
                        rollout,
                        new Adoption(attempt, rollout, commands),
                        foreign,
                        house.drift(),
                        System::nanoTime),
                boot,
                attempt,
                participants,
                signals.published(),
                signals.settled(),
                signals.running());
        return new RolloutService(snapshot, loop, new Inspector(name -> drafter(name, house)));
    }

    private Drafter drafter(String environment, House house) {
        return new Drafter(environment, house.variables(), secrets, house.clock(), schemas);
    }
}
