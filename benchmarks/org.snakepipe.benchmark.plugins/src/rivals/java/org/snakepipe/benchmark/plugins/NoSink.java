// SPDX-License-Identifier: Apache-2.0
package org.snakepipe.benchmark.plugins;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** A connector that is only found. */
public final class NoSink extends SinkConnector {
    @Override
    public void start(Map<String, String> properties) {
        // Nobody starts it.
    }

    @Override
    public Class<? extends Task> taskClass() {
        throw new UnsupportedOperationException("nobody starts it");
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return List.of();
    }

    @Override
    public void stop() {
        // Nobody starts it.
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public String version() {
        return "1";
    }
}
