// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.engine.internal.part;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Resource;
import org.snakepipe.api.pipeline.Shared;

/**
 * Open resources, each once for all who borrow it with the same settings. One whose settings change is opened anew for those
 * who come later; the old one is closed when its last borrower is. Thread-safe.
 */
public final class Resources {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    /** What is borrowed. @param id of the resource @param fingerprint of its settings */
    record Loan(ConfigId id, String fingerprint) {}

    private static final class Entry {
        Shared<?> shared;
        int borrowers;
    }

    private final Map<Loan, Entry> open = new HashMap<>();
    private final Parts parts;

    /**
     * Nothing is open yet.
     *
     * @param parts where definitions are found
     */
    public Resources(Parts parts) {
        this.parts = parts;
    }

    /** The fingerprint of a resource at the moment; empty when nobody provides it. */
    String fingerprint(ConfigId id) {
        return parts.find(id).map(Part::fingerprint).orElse("");
    }

    /** Opens, or shares what is open. */
    Loan borrow(ConfigId id, OpenContext context) throws IOException, InterruptedException {
        Part part = parts.find(id)
                .orElseThrow(() -> new IOException(
                        "there is no resource " + id + ": no plugin provides it, or nothing" + " configures it"));
        Loan loan = new Loan(id, part.fingerprint());
        Entry entry;
        synchronized (this) {
            entry = open.computeIfAbsent(loan, key -> new Entry());
            entry.borrowers++;
        }
        boolean borrowed = false;
        try {
            synchronized (entry) {
                if (entry.shared == null) {
                    entry.shared = open(part, context);
                }
            }
            borrowed = true;
            return loan;
        } finally {
            if (!borrowed) {
                giveBack(loan);
            }
        }
    }

    private static Shared<?> open(Part part, OpenContext context) throws IOException, InterruptedException {
        Object definition;
        try {
            definition = part.construct().call();
        } catch (IOException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the resource " + part.id() + " does not come up: " + e, e);
        }
        if (definition instanceof Resource<?> resource) {
            return resource.open(context);
        }
        throw new IOException(part.id() + " is no resource that can be shared");
    }

    <T> T value(Loan loan, Class<T> type) throws IOException {
        Object value;
        synchronized (this) {
            value = open.get(loan).shared.value();
        }
        if (!type.isInstance(value)) {
            throw new IOException(
                    loan.id() + " is a " + value.getClass().getName() + ", but a " + type.getName() + " is needed");
        }
        return type.cast(value);
    }

    void giveBack(Loan loan) {
        Shared<?> last = null;
        synchronized (this) {
            Entry entry = open.get(loan);
            if (--entry.borrowers == 0) {
                open.remove(loan);
                last = entry.shared;
            }
        }
        if (last != null) {
            try {
                last.close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("The resource {} did not close cleanly", loan.id(), e);
            }
        }
    }
}
