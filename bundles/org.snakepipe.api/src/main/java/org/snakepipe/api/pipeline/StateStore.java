// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a part of a pipeline remembers: texts by key. It belongs to the part (its configuration id) within its pipeline, and
 * stays when the part is opened anew, also by another version of its plugin, and over restarts. Thread-safe.
 *
 * <p><b>Together with the position of the source.</b> What is changed while records are transformed or written belongs to their
 * batch: other batches see it once the batch has passed, it is undone when the batch has to be tried again, and it is on the
 * disk exactly when the checkpoint is that says the batch has arrived. After a crash the state is that of the position from which
 * the source is read again. So a transform that counts counts every record once, and one that drops what it has seen does not
 * drop what it has seen only before the crash. {@code pipeline reset} forgets the state with the position.
 *
 * <p>Ask when it is needed: what was read while a part was opened may be undone when the pipeline is started anew.
 *
 * <p>Batches that are processed at the same time do not see each other's changes. Where that matters, as for a count, either all
 * records that share a key of the state share the key of the record, and the pipeline has {@code ordering = key}, or it has
 * {@code ordering = strict}. What is changed outside of batches, by a source or by a thread of the part, is seen at once and
 * written with the next checkpoint, also when what was read with it has not arrived: how far a source has been read is a
 * {@link Position} and no state. A best-effort sink is outside of batches too.
 */
@ProviderType
public interface StateStore {
    /** Most bytes that a part may keep, about: characters of all keys and values, twice. */
    long MOST_BYTES = 16L << 20;

    /**
     * What is known under a key.
     *
     * @param key the key
     * @return the value; empty when there is none
     */
    Optional<String> get(String key);

    /**
     * Remembers a value, in place of the one that was known.
     *
     * @param key   not {@code null}
     * @param value not {@code null}
     * @throws IOException if the part would keep more than {@link #MOST_BYTES}; nothing has changed, and the batch is tried again
     *                     if the part lets it pass on
     */
    void put(String key, String value) throws IOException;

    /**
     * Forgets a key. One that is not known is passed over.
     *
     * @param key the key
     */
    void remove(String key);

    /**
     * Everything that is known, to tidy up for example.
     *
     * @return a copy
     */
    Map<String, String> all();
}
