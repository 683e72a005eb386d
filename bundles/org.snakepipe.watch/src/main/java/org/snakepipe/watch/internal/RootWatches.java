// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeListener;
import org.snakepipe.control.ChangeSet;
import org.snakepipe.control.WatchSource;

/** All roots, each with its thread. */
public final class RootWatches implements WatchSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RootWatches.class);
    private static final int MOST_FILES = 100_000;
    /** See docs/configuration.md. A generation takes seven times as much while it is written, of the 512 MiB that there are. */
    private static final Allowance TEXTS = new Allowance(1L << 20, 32L << 20, MOST_FILES);
    /** Their content is kept until it is staged. */
    private static final Allowance JARS = new Allowance(512L << 20, Long.MAX_VALUE, MOST_FILES);
    /** Jars that are dropped together are one set, if they rest within this time: a plugin may need another of them. */
    private static final Duration DEPLOY_CAP = Duration.ofSeconds(1);

    private static final Duration CONFIG_CAP = Duration.ofSeconds(3);
    private static final long CHECK_SECONDS = 5;

    /** Something to do with one root. */
    public interface Visit {
        /**
         * Does it.
         *
         * @param root  the root
         * @param watch its watch
         * @throws IOException if it cannot be done now
         */
        void accept(Tree.Root root, RootWatch watch) throws IOException;
    }

    private final Map<ChangeSet.Root, Tree.Root> roots = new EnumMap<>(ChangeSet.Root.class);
    private final Map<ChangeSet.Root, RootWatch> watches = new EnumMap<>(ChangeSet.Root.class);
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch-check");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Runnable onChange = () -> {};

    private RootWatches() {}

    /**
     * Prepares all roots; nothing is read yet.
     *
     * @param config    the configuration directory; a link may lead to it, and be switched
     * @param deploy    real path of the directory for plugins
     * @param overrides real path of the directory of what people set at run time
     * @param listeners gives the listener to deliver to, or {@code null} while there is none
     * @return the watches
     */
    public static RootWatches of(Path config, Path deploy, Path overrides, Supplier<ChangeListener> listeners) {
        RootWatches all = new RootWatches();
        all.add(new Tree.Root(ChangeSet.Root.CONFIG, config, true, TEXTS, CONFIG_CAP), listeners);
        all.add(new Tree.Root(ChangeSet.Root.DEPLOY, deploy, false, JARS, DEPLOY_CAP), listeners);
        all.add(new Tree.Root(ChangeSet.Root.OVERRIDES, overrides, false, TEXTS, CONFIG_CAP), listeners);
        return all;
    }

    private void add(Tree.Root root, Supplier<ChangeListener> listeners) {
        roots.put(root.kind(), root);
        watches.put(root.kind(), new RootWatch(root, listeners));
    }

    /** Begins to look. */
    public void start() {
        watches.values().forEach(RootWatch::start);
        checks.scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /** One that fails must not be the last. */
    private void check() {
        try {
            onChange.run();
        } catch (RuntimeException e) {
            LOG.error("The other bell could not be hung; that is tried again in {} s", CHECK_SECONDS, e);
        }
    }

    /**
     * What to do now, and every few seconds, to keep the other bell hung where it should be.
     *
     * @param action runs on a thread of its own
     */
    public void onChange(Runnable action) {
        onChange = action;
        checks.execute(this::check);
    }

    /**
     * The watch of a root.
     *
     * @param root which
     * @return its watch
     */
    public RootWatch get(ChangeSet.Root root) {
        return watches.get(root);
    }

    /**
     * Visits all roots; one that cannot be visited now is passed over until the next time.
     *
     * @param visit what to do
     */
    public void each(Visit visit) {
        roots.forEach((kind, root) -> {
            try {
                visit.accept(root, watches.get(kind));
            } catch (IOException e) {
                LOG.debug("{} is not there at the moment", root.path(), e);
            }
        });
    }

    @Override
    public void ring() {
        watches.values().forEach(RootWatch::ring);
    }

    @Override
    public void wrote(ChangeSet.Root root, Map<String, String> written) {
        watches.get(root).wrote(written);
    }

    @Override
    public List<Problem> problems() {
        return watches.values().stream()
                .flatMap(watch -> watch.problems().stream())
                .toList();
    }

    @Override
    public void close() {
        checks.shutdownNow();
        watches.values().forEach(RootWatch::close);
    }
}
