// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.engine;

import java.util.List;
import java.util.function.Consumer;
import org.snakepipe.api.pipeline.OpenContext;
import org.snakepipe.api.pipeline.Record;
import org.snakepipe.api.pipeline.Sink;
import org.snakepipe.api.pipeline.SinkWriter;

/**
 * A sink that writes nowhere.
 *
 * @param heard is given each batch, by several workers at once
 */
record Probe(Consumer<List<Record>> heard) implements Sink {
    @Override
    public SinkWriter open(OpenContext context) {
        return new SinkWriter() {
            @Override
            public void write(List<Record> batch) {
                heard.accept(batch);
            }

            @Override
            public void close() {}
        };
    }
}
