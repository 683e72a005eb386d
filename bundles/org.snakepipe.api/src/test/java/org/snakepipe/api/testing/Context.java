// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.api.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.snakepipe.api.config.ConfigId;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.StateStore;

/**
 * What a part is opened with.
 *
 * @param dataDirectory the data directory
 * @param lent          the one resource that can be borrowed, under any id; {@code null} for none
 */
public record Context(Path dataDirectory, Object lent) implements OpenContext {
    /**
     * Without a resource.
     *
     * @param dataDirectory the data directory
     * @return the context
     */
    public static Context in(Path dataDirectory) {
        return new Context(dataDirectory, null);
    }

    @Override
    public ConfigId id() {
        return ConfigId.parse("snakepipe.test~part");
    }

    @Override
    public <T> T resource(String id, Class<T> type) throws IOException {
        if (lent == null) {
            throw new IOException("there is no resource " + id);
        }
        return type.cast(lent);
    }

    @Override
    public String secret(String value) {
        return value;
    }

    @Override
    public StateStore state() {
        throw new IllegalStateException("nothing is remembered here");
    }

    @Override
    public System.Logger logger() {
        return System.getLogger("test");
    }
}
