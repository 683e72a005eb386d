// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.pipeline;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open resource.
 *
 * @param <T> type of what is shared
 */
@ConsumerType
public interface Shared<T> extends AutoCloseable {
    /**
     * What is shared; borrowers use it from several threads and do not close it.
     *
     * @return always the same object
     */
    T value();

    @Override
    void close() throws IOException;
}
