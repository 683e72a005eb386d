// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;

/**
 * An open part with those who use it; the last one who leaves closes it, and what it borrowed goes back.
 *
 * @param <T> what is open: a stage, a writer or a reader
 */
public final class Lease<T extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final ConfigId id;
    private final String fingerprint;
    private final T open;
    private final LentContext context;
    private final boolean keyed;
    private final AtomicInteger users = new AtomicInteger(1);

    Lease(ConfigId id, String fingerprint, T open, boolean keyed, LentContext context) {
        this.id = id;
        this.fingerprint = fingerprint;
        this.open = open;
        this.keyed = keyed;
        this.context = context;
    }

    /**
     * Of the configuration.
     *
     * @return the id
     */
    public ConfigId id() {
        return id;
    }

    /**
     * What is open.
     *
     * @return never {@code null}
     */
    public T get() {
        return open;
    }

    /**
     * Whether the order of records with the same key matters to it.
     *
     * @return {@code true} for a sink that says it has a key
     */
    public boolean isKeyed() {
        return keyed;
    }

    /**
     * The part, and what it borrowed.
     *
     * @return id to fingerprint
     */
    public Map<ConfigId, String> uses() {
        Map<ConfigId, String> all = new HashMap<>();
        context.loans().forEach(loan -> all.put(loan.id(), loan.fingerprint()));
        all.put(id, fingerprint);
        return all;
    }

    /**
     * Whether this is what is wanted: the same settings, and of all it borrowed too.
     *
     * @param wanted id to fingerprint
     * @return {@code true} when nothing has to be opened anew
     */
    public boolean isStill(Map<ConfigId, String> wanted) {
        return wanted.entrySet().containsAll(uses().entrySet());
    }

    /**
     * One more uses it, if it is open still.
     *
     * @return {@code false} when the last user has left: then it is closed, and nobody can use it any more
     */
    public boolean share() {
        return users.updateAndGet(now -> now == 0 ? 0 : now + 1) > 0;
    }

    /** One user leaves. */
    @Override
    public void close() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        try {
            open.close();
        } catch (Exception e) {
            // Closing is foreign code, and there is nothing left to do about it.
            LOG.warn("{} did not close cleanly", id, e);
        } finally {
            context.giveBack();
        }
    }
}
