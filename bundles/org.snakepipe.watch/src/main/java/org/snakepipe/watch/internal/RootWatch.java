// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.watch.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.Origin;
import org.snakepipe.api.config.Problem;
import org.snakepipe.control.ChangeListener;
import org.snakepipe.control.ChangeSet;

/**
 * The thread of one root: sleeps until a bell rings or a file may have settled, looks, delivers. Now and then it looks by
 * itself, for what no bell tells, such as a change behind a link; once a minute it reads the content too.
 */
public final class RootWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RootWatch.class);

    /** A storm of bells is one listing in this time. */
    private static final long COALESCE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long DIGEST_SWEEP = Duration.ofMinutes(1).toNanos();
    private static final long CLOSE_MILLIS = 2_000;
    private static final String LIMIT_FILE = "/proc/sys/fs/inotify/max_user_watches";

    private final Tree.Root root;
    private final Supplier<ChangeListener> listeners;
    private final Semaphore rung = new Semaphore(0);
    private final Thread thread;
    private final Tree tree;
    private final DirectoryBell bell;
    private ChangeListener served;
    private boolean accident;
    private volatile List<Problem> problems = List.of();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Attempts attempts;
    private final Sweeps sweeps;
    /** Whether no bell has rung since nothing was awaited. */
    private boolean untold;

    private long lastDigest = System.nanoTime();

    /**
     * Prepares a root that exists.
     *
     * @param root      what to watch
     * @param listeners gives the listener to deliver to, or {@code null} while there is none
     */
    RootWatch(Tree.Root root, Supplier<ChangeListener> listeners) {
        this(root, listeners, new Sweeps(System::nanoTime));
    }

    RootWatch(Tree.Root root, Supplier<ChangeListener> listeners, Sweeps sweeps) {
        this.root = root;
        this.listeners = listeners;
        this.sweeps = sweeps;
        String name = root.kind().name().toLowerCase(java.util.Locale.ROOT);
        bell = bell(name);
        tree = new Tree(root, System::nanoTime, System::currentTimeMillis, this::seen);
        attempts = new Attempts(
                root.path(), pause -> closed.await(pause.toNanos(), TimeUnit.NANOSECONDS), tree::deliverAgain);
        thread = new Thread(this::loop, "watch-" + name);
        thread.setDaemon(true);
    }

    private DirectoryBell bell(String name) {
        try {
            return new DirectoryBell(name, this::ring, System::nanoTime);
        } catch (IOException e) {
            LOG.warn(
                    "No inotify instance for {}: changes are noticed later. Raise fs.inotify.max_user_instances",
                    root,
                    e);
            return null;
        }
    }

    private void seen(Path directory, Map<String, Object> attributes) {
        if (bell != null) {
            bell.see(directory, attributes);
        }
    }

    RootWatch start() {
        thread.start();
        return this;
    }

    /** From any thread; never blocks. */
    public void ring() {
        rung.release();
    }

    /** Files were written by command, as {@link org.snakepipe.control.WatchSource#wrote} says. From any thread; never blocks. */
    void wrote(Map<String, String> written) {
        tree.wrote(written);
        ring();
    }

    /** Whether the system refuses to watch some directories, so that the other bell has to be heard more often. */
    public boolean isHardOfHearing() {
        return bell == null || bell.refusals() > 0;
    }

    /** What hinders watching at the moment. */
    public List<Problem> problems() {
        return problems;
    }

    private void loop() {
        long next = 0;
        while (closed.getCount() > 0) {
            try {
                long due = next;
                next = attempts.at(() -> await(due));
            } catch (InterruptedException e) {
                // By a listener: nobody else has this thread. It does not end the watching.
                LOG.debug("The watch of {} was interrupted and goes on", root.path(), e);
            }
        }
    }

    private long await(long due) throws InterruptedException {
        boolean heard = heard(due);
        untold = !heard && (untold || due == Tree.NEVER);
        if (heard && served != null) {
            // What rings seldom rings once. And what was written by command needs the processor meanwhile that listing
            // a
            // thousand files would take.
            TimeUnit.NANOSECONDS.sleep(COALESCE);
        }
        rung.drainPermits();
        if (closed.getCount() == 0) {
            return Tree.NEVER;
        }
        long now = System.nanoTime();
        boolean digest = now - lastDigest >= DIGEST_SWEEP;
        if (digest) {
            lastDigest = now;
        }
        return look(digest);
    }

    /** Waits for a bell, for what is due, or for the next look; or until the root goes, or comes. */
    private boolean heard(long due) throws InterruptedException {
        boolean there = Files.isDirectory(root.path());
        long left = Math.min(due, sweeps.next(there, !isHardOfHearing()));
        while (left > 0 && Files.isDirectory(root.path()) == there) {
            long piece = Math.min(left, Sweeps.OFTEN.toNanos());
            if (rung.tryAcquire(piece, TimeUnit.NANOSECONDS)) {
                return true;
            }
            left -= piece;
        }
        return rung.tryAcquire();
    }

    private long look(boolean digest) {
        ChangeListener listener = listeners.get();
        if (listener == null) {
            return Tree.NEVER;
        }
        if (listener != served) {
            served = listener;
            tree.startOver();
            accident = false;
        }
        Path before = tree.lastPlace();
        Tree.Step step = tree.step(digest);
        if (untold && step.set().isPresent()) {
            sweeps.found();
        }
        if (!tree.lastPlace().equals(before) && !before.equals(root.path())) {
            LOG.info("{} leads to {} now, and to {} no more", root.path(), tree.lastPlace(), before);
        }
        if (bell != null) {
            bell.forgetUnseen();
        }
        ChangeSet gone = tree.allGone();
        boolean held = !tree.accident().isEmpty() && !gone.gone().isEmpty();
        report(held);
        step.set().ifPresent(set -> deliver(listener, set));
        if (accident != held) {
            accident = held;
            tellAccident(listener, held ? gone : new ChangeSet(root.kind(), false, Map.of(), Set.of(), Map.of()));
        }
        return step.next();
    }

    /** The listener is foreign code: what it throws must not end the watching. */
    private static void deliver(ChangeListener listener, ChangeSet set) {
        try {
            listener.changed(set);
        } catch (RuntimeException e) {
            LOG.error(
                    "The listener failed for {} changed and {} gone files of {}",
                    set.changed().size(),
                    set.gone().size(),
                    set.root(),
                    e);
        }
    }

    private void tellAccident(ChangeListener listener, ChangeSet set) {
        try {
            listener.accident(set, this::confirm);
        } catch (RuntimeException e) {
            LOG.error("The listener failed for what happened to {}", root.path(), e);
        }
    }

    private void confirm() {
        tree.confirm();
        ring();
    }

    /** @param told whether the listener says what happened to the root, and how to confirm it: that is said once */
    private void report(boolean told) {
        List<Problem> now = new ArrayList<>();
        if (!tree.accident().isEmpty() && !told) {
            now.add(Problem.warning("watch.accident", tree.accident()).build());
        }
        tree.unreadable()
                .forEach((path, reason) -> now.add(Problem.warning("watch.unreadable", reason)
                        .at(new Origin(root.kind().name(), path, 0, 0))
                        .build()));
        tree.passedOver()
                .forEach((path, reason) -> now.add(Problem.warning("watch.large", reason)
                        .at(new Origin(root.kind().name(), path, 0, 0))
                        .build()));
        if (bell != null && bell.refusals() > 0) {
            now.add(Problem.warning(
                            "watch.limit",
                            "the system refuses to watch " + bell.refusals() + " directories of " + root.path()
                                    + ", changes there are noticed within seconds: raise fs.inotify.max_user_watches"
                                    + limit())
                    .build());
        }
        List<Problem> before = problems;
        problems = List.copyOf(now);
        now.stream()
                .filter(problem ->
                        before.stream().noneMatch(old -> old.toString().equals(problem.toString())))
                .forEach(problem -> LOG.warn("{}", problem));
    }

    private static String limit() {
        try {
            return " (now " + Files.readString(Path.of(LIMIT_FILE)).trim() + ")";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        closed.countDown();
        ring();
        try {
            thread.join(CLOSE_MILLIS);
            if (bell != null) {
                bell.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("The watch service of {} did not close", root.path(), e);
        }
    }
}
