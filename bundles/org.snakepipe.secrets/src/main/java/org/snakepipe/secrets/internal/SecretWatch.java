// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.secrets.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that tells when files of secrets have changed, by their digests. */
final class SecretWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);

    private static final long CLOSE_MILLIS = 2_000;

    private final List<Path> directories;
    private final Pace pace;
    private final Runnable changed;
    private final Supplier<SecretBell> bells;
    private final SecretDigests digests = new SecretDigests();
    private SecretBell bell;
    private Thread thread;
    private boolean closed;

    SecretWatch(List<Path> directories, Pace pace, Runnable changed) {
        this(directories, pace, changed, SecretBell::ofSystem);
    }

    SecretWatch(List<Path> directories, Pace pace, Runnable changed, Supplier<SecretBell> bells) {
        this.directories = directories;
        this.pace = pace;
        this.changed = changed;
        this.bells = bells;
    }

    /** When this returns, every later change is going to be told. */
    synchronized void begin() {
        if (closed || thread != null || directories.isEmpty()) {
            return;
        }
        bell = bells.get();
        bell.listenTo(directories);
        Settling settling = new Settling(pace, digests.of(directories));
        thread = new Thread(() -> loop(settling), "secrets-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void loop(Settling settling) {
        try {
            while (bell.await((settling.isPending() ? pace.quiet() : pace.sweep()).toNanos())) {
                bell.listenTo(directories);
                tell(settling.step(digests.of(directories), System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Set<Path> files) {
        if (!files.isEmpty()) {
            LOG.info("Secrets have changed: {}", files);
            changed.run();
        }
    }

    /** Waits for a call of the listener to end, for a while. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running == null) {
            return;
        }
        bell.close();
        try {
            if (running != Thread.currentThread()) {
                running.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
