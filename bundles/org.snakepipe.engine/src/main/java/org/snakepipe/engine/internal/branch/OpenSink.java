// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.branch;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.SinkWriter;
import org.snakepipe.engine.internal.part.Lease;
import org.snakepipe.engine.internal.part.OpenFailure;
import org.snakepipe.engine.internal.part.Opener;

/**
 * The writer of a best-effort sink: opened when it is needed, and again when what it is made of changes. Opened, written to and
 * closed by the thread of its branch; whether it may stay open others say.
 */
final class OpenSink {
    private static final Duration OPEN = Duration.ofSeconds(10);

    private final ConfigId id;
    private final Opener opener;
    private Lease<SinkWriter> lease;
    private volatile boolean keyed = true;
    private volatile Supplier<Map<ConfigId, String>> opening = Map::of;
    /** Who opens it, writes to it or closes it at the moment. */
    private int busy;

    private boolean leaving;
    private Map<ConfigId, String> wanted = Map.of();
    private Map<ConfigId, String> tried = Map.of();

    /** Writes with what is open. */
    @FunctionalInterface
    interface Writing {
        int with(Lease<SinkWriter> lease) throws IOException, InterruptedException;
    }

    OpenSink(ConfigId id, Opener opener) {
        this.id = id;
        this.opener = opener;
    }

    ConfigId id() {
        return id;
    }

    /** Says what it is to be made of. @return whether another try may go better than the last one */
    synchronized boolean want(Map<ConfigId, String> now) {
        wanted = Map.copyOf(now);
        leaving = false;
        return lease == null
                ? !wanted.entrySet().containsAll(tried.entrySet()) || tried.isEmpty()
                : !lease.isStill(wanted);
    }

    /** Opens it, if it is not open, or is not what is wanted any more. */
    void open() throws OpenFailure, InterruptedException {
        closeStale();
        synchronized (this) {
            if (lease != null) {
                return;
            }
            if (leaving) {
                throw new OpenFailure(id, true, "the bundle of " + id + " is about to stop", null);
            }
            busy++;
        }
        try {
            Lease<SinkWriter> opened = opener.writer(id, OPEN, asked -> opening = asked);
            synchronized (this) {
                lease = opened;
                keyed = opened.isKeyed();
                tried = opened.uses();
            }
        } catch (OpenFailure e) {
            synchronized (this) {
                tried = e.uses();
            }
            throw e;
        } finally {
            opening = Map::of;
            idle();
        }
    }

    int write(Writing writing) throws IOException, InterruptedException {
        Lease<SinkWriter> open;
        synchronized (this) {
            if (lease == null || leaving) {
                throw new IOException("the sink is being closed");
            }
            open = lease;
            busy++;
        }
        try {
            return writing.with(open);
        } finally {
            idle();
        }
    }

    private synchronized void idle() {
        busy--;
        notifyAll();
    }

    /** Closes it when its bundle is about to go, or something else is wanted. */
    void closeStale() {
        Lease<SinkWriter> stale = null;
        synchronized (this) {
            if (lease != null && (leaving || !lease.isStill(wanted))) {
                stale = taken();
            }
        }
        close(stale);
    }

    /** Busy until it is closed: whoever waits for that must not go on before. */
    private Lease<SinkWriter> taken() {
        Lease<SinkWriter> taken = lease;
        lease = null;
        busy += taken == null ? 0 : 1;
        return taken;
    }

    private void close(Lease<SinkWriter> taken) {
        if (taken != null) {
            try {
                taken.close();
            } finally {
                idle();
            }
        }
    }

    /** Whether it is made of this, or is about to be. */
    synchronized boolean uses(ConfigId part) {
        return id.equals(part)
                || lease != null && lease.uses().containsKey(part)
                || opening.get().containsKey(part);
    }

    /** Closes it as soon as it is neither opened nor written to. @return whether it is closed */
    boolean evict(Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        synchronized (this) {
            leaving = true;
            tried = Map.of();
            while (busy > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
        }
        closeStale();
        return true;
    }

    void close() {
        Lease<SinkWriter> last;
        synchronized (this) {
            last = taken();
        }
        close(last);
    }

    /** Whether it has a key; as long as it has never been open it may have one. */
    boolean isKeyed() {
        return keyed;
    }
}
